from datetime import datetime

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import SalesCommon

MOBILE = "+8613800138000"
MORNING = datetime(2026, 3, 2, 2)  # 10:00 in Shanghai, a Monday


def isolated_lead(case, store):
    return case.env["crm.lead"].create(
        {"name": "Isolation", "company_id": store.id, "user_id": False}
    )


def _isolated_duty(case, store):
    return case.env["dms.showroom.duty"].create(
        {
            "company_id": store.id,
            "date": "2026-03-02",
            "user_id": case.user("sales_consultant", store).id,
        }
    )


def _isolated_visit(case, store):
    return case.env["dms.showroom.visit"].create({"company_id": store.id})


def _isolated_funnel(case, store):
    lead = isolated_lead(case, store)
    case.env.flush_all()
    return case.env["dms.lead.funnel"].browse(lead.id)


def _isolated_script(case, store):
    vals = {"name": "Isolation", "stage": "offer", "body": "Isolation"}
    return case.env["dms.talk.script"].create(vals | {"company_id": store.id})


def _isolated_use(case, store):
    return case.env["dms.talk.use"].create(
        {
            "company_id": store.id,
            "lead_id": isolated_lead(case, store).id,
            "script_id": _isolated_script(case, store).id,
        }
    )


ISOLATION_FACTORIES.update(
    {
        "dms.showroom.duty": _isolated_duty,
        "dms.showroom.visit": _isolated_visit,
        "dms.lead.funnel": _isolated_funnel,
        "dms.talk.script": _isolated_script,
        "dms.talk.use": _isolated_use,
    }
)


class LeadsCommon(SalesCommon):
    """Leads of A1, whose showroom is open every day from 9 to 18 in Shanghai."""

    @classmethod
    def lead(cls, store=None, user=False, **values):
        """Return a lead as the system takes it in; without a consultant by default."""
        store = store or cls.store_a1
        vals = {
            "name": "李娜",
            "company_id": store.id,
            "user_id": user and user.id,
            "type": "opportunity",
        }
        return cls.in_store(store)["crm.lead"].create(vals | values)

    @classmethod
    def seller(cls, name, store=None):
        """Return one more consultant of a store."""
        user = cls._find_user(name, ["sales_consultant"], store or cls.store_a1)
        return user
