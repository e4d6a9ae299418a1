"""Cars that leave through the gate, and who lets them."""

import base64
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import PNG, VehicleCommon, new_vin

PHOTO = base64.b64encode(PNG).decode()


class GateCommon(VehicleCommon):
    """GUARD stands at the gate of A1; CONSULTANT lends cars, MANAGER may do all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guard = cls.user("gate_guard", cls.store_a1)
        cls.other_guard = cls.user("gate_guard", cls.store_a2)
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        cls.manager = cls.user("sales_manager", cls.store_a1)

    @classmethod
    def issue(cls, car=None, reason="test_drive", user=None, **vals):
        passes = cls.by(user or cls.consultant, cls.env["dms.gate.pass"])
        car = car or cls.receive(cls.store_a1)
        return passes.create(
            {
                "vehicle_id": car.id,
                "reason": reason,
                "driver_name": "王芳",
                **vals,
            }
        )

    @classmethod
    def out(cls, car=None, km=10, **vals):
        """Return a pass by which its car has left."""
        one = cls.issue(car, **vals)
        cls.by(cls.guard, one).let_out(odometer_km=km)
        return one

    @classmethod
    def back(cls, one, km):
        return cls.by(cls.guard, one).take_back(odometer_km=km)

    @classmethod
    def delivered(cls, car=None):
        """Return the done delivery of a car."""
        delivery = cls.sell(car or cls.receive(cls.store_a1)).picking_ids
        cls.by(cls.user("store_manager", cls.store_a1), delivery).button_validate()
        return delivery

    @contextmanager
    def refused(self, error, pattern):
        """Expect an error, and take back what came before it, as a request does."""
        with self.assertRaisesRegex(error, pattern), self.env.cr.savepoint():
            yield
        self.env.invalidate_all(flush=False)

    @classmethod
    def ahead(cls, **delta):
        return fields.Datetime.now() + timedelta(**delta)

    def later(self, one, **delta):
        """Let time go by for one pass."""
        shift = timedelta(**delta)
        one = one.sudo()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dms_gate_pass SET valid_from = %s, valid_until = %s, back_by = %s"
            " WHERE id = %s",
            [
                one.valid_from - shift,
                one.valid_until - shift,
                one.back_by and one.back_by - shift or None,
                one.id,
            ],
        )
        self.env.invalidate_all()


def standing_car(case, store):
    """Return a car in the stock of a store, without the documents that led there."""
    env = case.env(context=dict(case.env.context, allowed_company_ids=store.ids))
    template = env["product.template"].create(
        {
            "name": "Isolation",
            "categ_id": env.ref("dms_vehicle.product_category_vehicles").id,
            "dms_is_vehicle": True,
            "dms_brand_id": case.brand.id,
        }
    )
    product = template.product_variant_id
    lot = env["stock.lot"].create(
        {"name": new_vin(), "product_id": product.id, "company_id": store.id}
    )
    warehouse = env["stock.warehouse"].search([("company_id", "=", store.id)], limit=1)
    env["stock.quant"]._update_available_quantity(
        product, warehouse.lot_stock_id, 1, lot_id=lot
    )
    return lot.dms_vehicle_ids


def _pass(case, store):
    car = standing_car(case, store)
    return car.env["dms.gate.pass"].create(
        {"vehicle_id": car.id, "reason": "test_drive", "company_id": store.id}
    )


def _check(case, store):
    one = _pass(case, store)
    one.let_out(odometer_km=1)
    return one.check_ids


ISOLATION_FACTORIES |= {"dms.gate.pass": _pass, "dms.gate.check": _check}
