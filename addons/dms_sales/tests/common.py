from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_vehicle.tests.common import VehicleCommon


def _isolated_deal(case, store):
    partner = case.env["res.partner"].create({"name": "Customer"})
    return case.env["dms.deal"].create(
        {"partner_id": partner.id, "company_id": store.id, "user_id": False}
    )


ISOLATION_FACTORIES["dms.deal"] = _isolated_deal


class SalesCommon(VehicleCommon):
    """A consultant of A1 with a customer, and the parts of a deal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        cls.manager = cls.user("sales_manager", cls.store_a1)

    @classmethod
    def deal(cls, partner=None, user=None):
        """Return a deal that the consultant opens."""
        env = cls.by(user or cls.consultant, cls.env["dms.deal"])
        return env.create({"partner_id": (partner or cls.customer).id})

    @classmethod
    def offer(cls, deal, product=None, car=None, price=168_900, **values):
        """Return a variant of a deal: a quotation with the model or the car."""
        model = product or (car.product_id if car else cls.white)
        line = {
            "product_id": model.id,
            "price_unit": price,
            "dms_vehicle_id": car.id if car else False,
        }
        vals = deal._prepare_variant() | {"order_line": [(0, 0, line)]} | values
        return deal.env["sale.order"].create(vals)


def _isolated_variant(case, store):
    deal = _isolated_deal(case, store)
    env = case.env(context=dict(case.env.context, allowed_company_ids=store.ids))
    vals = {"partner_id": deal.partner_id.id, "company_id": store.id, "user_id": False}
    return env["sale.order"].create(vals | {"dms_deal_id": deal.id})


def _isolated_loan(case, store):
    vals = {"name": "Terms", "company_id": store.id, "months": 12, "max_percent": 0}
    lender = case.env["res.partner"].create({"name": "Lender"})
    terms = case.env["dms.loan.terms"].create(vals | {"lender_id": lender.id})
    order = _isolated_variant(case, store)
    return case.env["dms.deal.loan"].create(
        {"order_id": order.id, "terms_id": terms.id, "amount": 1_000}
    )


def _isolated_trade_in(case, store):
    order = _isolated_variant(case, store)
    return case.env["dms.deal.trade.in"].create({"order_id": order.id, "name": "Old"})


ISOLATION_FACTORIES["dms.deal.loan"] = _isolated_loan
ISOLATION_FACTORIES["dms.deal.trade.in"] = _isolated_trade_in
