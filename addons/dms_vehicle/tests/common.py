import base64
import itertools

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES, DmsCommon

from ..vin import with_check_digit

_serials = itertools.count(1)
# the smallest picture
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


def new_vin():
    """Return a valid VIN that no other test has."""
    return with_check_digit(f"LZZAB3C20TB{next(_serials):06d}")


def _isolated_vehicle(case, store):
    return case.env["dms.vehicle"].create({"vin": new_vin(), "company_id": store.id})


def _isolated_event(case, store):
    return _isolated_vehicle(case, store)._dms_record("vehicle.moved")


ISOLATION_FACTORIES["dms.vehicle"] = _isolated_vehicle
ISOLATION_FACTORIES["dms.vehicle.event"] = _isolated_event


class VehicleCommon(DmsCommon):
    """A model in two colours, its OEM, and a warehouse per store.

    Cars come into stock by ``receive``: order, shipping notice and receipt.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stores.dms_pdi_required = False  # tests of the PDI demand it
        cls.oem = cls.env["res.partner"].create({"name": "OEM"})
        cls.customer = cls.env["res.partner"].create({"name": "李娜"})
        cls.series = cls.env["product.category"].create(
            {
                "name": "E5",
                "parent_id": cls.env.ref("dms_vehicle.product_category_vehicles").id,
            }
        )
        cls.white, cls.black = (cls._create_model(code) for code in ("E5-W", "E5-B"))

    @classmethod
    def _create_model(cls, code):
        template = cls.env["product.template"].create(
            {
                "name": f"Model {code}",
                "default_code": code,
                "categ_id": cls.series.id,
                "dms_is_vehicle": True,
                "dms_brand_id": cls.brand.id,
                "dms_kind": "bev",
                "dms_model_year": 2026,
                "list_price": 180_000,
            }
        )
        return template.product_variant_id

    @classmethod
    def in_store(cls, store, role=None):
        """Return the environment of a store, as the superuser or a role in it."""
        user = cls.user(role, store) if role else cls.env.user
        return cls.env(
            user=user, context=cls.env.context | {"allowed_company_ids": store.ids}
        )

    @classmethod
    def by(cls, user, record):
        """Return a record as a user sees it in his own store."""
        context = {"allowed_company_ids": user.company_ids.ids}
        return record.with_user(user).with_context(context)

    @classmethod
    def new_car(cls, store=None, **vals):
        """Return a car that no document knows."""
        store = store or cls.store_a1
        return cls.env["dms.vehicle"].create(
            {"vin": new_vin(), "company_id": store.id, **vals}
        )

    @classmethod
    def order(cls, store, count=1, product=None, price=150_000, role=None):
        """Return a confirmed order to the OEM."""
        line = {
            "product_id": (product or cls.white).id,
            "product_qty": count,
            "price_unit": price,
        }
        order = cls.in_store(store, role)["purchase.order"].create(
            {"partner_id": cls.oem.id, "order_line": [(0, 0, line)]}
        )
        order.button_confirm()
        return order

    @classmethod
    def announce(cls, order, *vins):
        """Put VINs on the receipt of an order; return the cars."""
        result = order.picking_ids.dms_announce([{"vin": vin} for vin in vins])
        assert not result["rejected"], result
        return order.env["dms.vehicle"].search([("vin", "in", vins)], order="id")

    @classmethod
    def receive(cls, store, count=1, product=None, price=150_000):
        """Return cars that stand in stock."""
        order = cls.order(store, count, product, price)
        cars = cls.announce(order, *(new_vin() for _n in range(count)))
        order.picking_ids.button_validate()
        return cars

    @classmethod
    def sell(cls, car, partner=None, price=168_900, product=None):
        """Return a confirmed sale of one car by its VIN, or of a model without."""
        line = {
            "product_id": (product or car.product_id).id,
            "product_uom_qty": 1,
            "price_unit": price,
            "dms_vehicle_id": car.id,
        }
        sale = car.env["sale.order"].create(
            {
                "partner_id": (partner or cls.customer).id,
                "order_line": [(0, 0, line)],
            }
        )
        sale.action_confirm()
        return sale
