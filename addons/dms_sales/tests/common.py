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
