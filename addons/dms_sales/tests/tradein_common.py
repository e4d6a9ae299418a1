import base64

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_vehicle.tests.common import PNG, _isolated_vehicle, new_vin

from .desk_common import DeskCommon


class TradeInCommon(DeskCommon):
    """Who appraises, values, approves and books; and a car somebody offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.valuer = cls.manager
        cls.director = cls.user("store_manager", cls.store_a1)
        cls.accountant = cls.user("accountant", cls.store_a1)
        cls.owner = cls.env["res.partner"].create({"name": "赵敏"})
        cls.account = cls.env["res.partner.bank"].create(
            {"acc_number": "6222020000000001", "partner_id": cls.owner.id}
        )
        cls.old_lender = cls.env["res.partner"].create({"name": "Old Bank"})

    @classmethod
    def appraisal(cls, user=None, **values):
        """Return an appraisal in which all is noted, by a consultant."""
        env = cls.by(user or cls.consultant, cls.env["dms.appraisal"])
        one = env.create(
            {
                "partner_id": cls.owner.id,
                "vin": new_vin(),
                "title": "大众 朗逸 2021款 1.5L 自动舒适版",
                "plate": "沪A12345",
                "kind": "ice",
                "first_registration": "2021-05-06",
                "odometer_km": 45_000,
                **values,
            }
        )
        one.photo_line_ids.image = base64.b64encode(PNG)
        return one

    @classmethod
    def valued(cls, price=80_000, market=90_000, value=None, **values):
        """Return an appraisal that a second user has valued."""
        one = cls.appraisal(**values)
        one.action_appraised()
        mine = cls.by(cls.valuer, one)
        value = price if value is None else value
        mine.write({"market_value": market, "value": value, "price": price})
        mine.action_value()
        return one

    @classmethod
    def offered(cls, **values):
        one = cls.valued(**values)
        one.action_offer()
        return one

    @classmethod
    def accepted(cls, **values):
        """Return an accepted appraisal with all papers."""
        one = cls.offered(**values)
        one.action_accept()
        one.write(
            {
                "title_number": "310012345678",
                "has_licence": True,
                "keys_count": 2,
                "bank_id": cls.account.id,
            }
        )
        return one

    @classmethod
    def bought(cls, **values):
        one = cls.accepted(**values)
        cls.by(cls.manager, one).action_buy()
        return one

    @classmethod
    def in_stock(cls, **values):
        """Return the appraisal of a used car that stands in the yard."""
        one = cls.bought(**values)
        cls.by(cls.manager, one).action_receive()
        return one

    @classmethod
    def billed(cls, **values):
        """Return the appraisal of a car whose bill is posted."""
        one = cls.in_stock(**values)
        mine = cls.by(cls.accountant, one)
        mine.reverse_number = f"2699{one.id:016d}"
        mine.action_bill()
        mine.bill_id.action_post()
        return one


def _isolated_appraisal(case, store):
    env = case.env(context=dict(case.env.context, allowed_company_ids=store.ids))
    partner = env["res.partner"].create({"name": "Owner"})
    vals = {"vin": new_vin(), "partner_id": partner.id, "company_id": store.id}
    return env["dms.appraisal"].sudo().create(vals)


def _isolated_damage(case, store):
    one = _isolated_appraisal(case, store)
    vals = {"appraisal_id": one.id, "panel": "roof"}
    return case.env["dms.appraisal.damage"].sudo().create(vals)


def _isolated_transfer(case, store):
    partner = case.env["res.partner"].create({"name": "Owner"})
    return case.env["dms.title.transfer"].create(
        {
            "vin": new_vin(),
            "direction": "in",
            "partner_id": partner.id,
            "company_id": store.id,
        }
    )


def _isolated_cut(case, store):
    car = _isolated_vehicle(case, store)
    return case.env["dms.price.cut"].create({"vehicle_id": car.id, "step": 30})


def _isolated_work(case, store):
    car = _isolated_vehicle(case, store)
    car.received_date = "2026-01-05"
    vals = {"vehicle_id": car.id, "company_id": store.id}
    line = [(0, 0, {"name": "Paint"})]
    return case.env["dms.reconditioning"].create(vals | {"line_ids": line})


ISOLATION_FACTORIES |= {
    "dms.reconditioning": _isolated_work,
    "dms.reconditioning.line": lambda *args: _isolated_work(*args).line_ids,
    "dms.appraisal": _isolated_appraisal,
    "dms.appraisal.photo": lambda *args: _isolated_appraisal(*args).photo_line_ids[0],
    "dms.appraisal.damage": _isolated_damage,
    "dms.title.transfer": _isolated_transfer,
    "dms.title.transfer.line": lambda *args: _isolated_transfer(*args).line_ids[0],
    "dms.price.cut": _isolated_cut,
}
