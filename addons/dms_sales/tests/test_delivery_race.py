"""One car handed over twice in the same moment, in two real transactions."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.common import PNG
from odoo.addons.dms_vehicle.tests.race import RaceCase
from odoo.addons.dms_vehicle.vin import with_check_digit

VIN = with_check_digit("LZZAB3C20TZ900192")


@tagged("post_install", "-at_install")
class TestHandoverRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            env = env(context={"allowed_company_ids": self.store_ids[:1]})
            deal = self._deal(env)
            self.delivery_id, self.deal_id = self._ready(env, deal).id, deal.id

    def _deal(self, env):
        partner = env["res.partner"].create({"name": "Race"})
        product = env["product.product"].create(
            {"name": "Race car", "dms_is_vehicle": True, "dms_kind": "ice"}
        )
        car = env["dms.vehicle"].create(
            {
                "vin": VIN,
                "company_id": self.store_ids[0],
                "product_id": product.id,
            }
        )
        deal = env["dms.deal"].create({"partner_id": partner.id})
        line = {"product_id": product.id, "dms_vehicle_id": car.id}
        env["sale.order"].create(
            deal._prepare_variant() | {"order_line": [(0, 0, line)]}
        )
        self.order_ids, self.product_id = deal.variant_ids.ids, product.id
        self.assertEqual(deal.vehicle_id, car)
        return deal

    def _ready(self, env, deal):
        """Return a delivery that lacks nothing: its papers are of no matter here."""
        delivery = deal._dms_delivery()
        delivery.item_ids.unlink()
        photo = env["ir.attachment"].create({"name": "p.png", "raw": PNG})
        delivery.write(
            {
                "photo_ids": [(4, photo.id)],
                "signature": base64.b64encode(PNG),
                "signed_name": "Race",
                "odometer_km": 5,
            }
        )
        return delivery

    def _forget_cars(self, env):
        # what was handed over is deleted by nobody else
        env.cr.execute("DELETE FROM dms_delivery WHERE id = %s", [self.delivery_id])
        env.invalidate_all()
        orders = env["sale.order"].browse(self.order_ids)
        orders._action_cancel()
        orders.unlink()
        env["dms.deal"].browse(self.deal_id).unlink()
        res = super()._forget_cars(env)
        env["product.product"].browse(self.product_id).product_tmpl_id.active = False
        return res

    def hand_over(self, env):
        env["dms.delivery"].browse(self.delivery_id).action_hand_over()

    def test_the_second_is_told_that_it_is_over(self):
        error = self._race(self.hand_over, self.hand_over)
        self.assertIsInstance(error, UserError)
        self.assertIn("is over already", str(error))
        with self.transaction() as env:
            events = env["dms.vehicle.event"].search_count(
                [("vehicle_id.vin", "=", VIN), ("code", "=", "vehicle.handed_over")]
            )
            self.assertEqual(events, 1)
