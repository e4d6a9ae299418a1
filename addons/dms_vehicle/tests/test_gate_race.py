"""Two people at the same moment, in two real transactions."""

from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.log_common import changeable

from ..vin import with_check_digit
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900078")


@tagged("post_install", "-at_install")
class TestGateRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            self.car_id = self._stand(env, store).id

    def _stand(self, env, store):
        env = env(context=dict(env.context, allowed_company_ids=store.ids))
        template = env["product.template"].create(
            {
                "name": "Race",
                "categ_id": env.ref("dms_vehicle.product_category_vehicles").id,
                "dms_is_vehicle": True,
            }
        )
        self.template_id = template.id
        lot = env["stock.lot"].create(
            {
                "name": VIN,
                "product_id": template.product_variant_id.id,
                "company_id": store.id,
            }
        )
        place = (
            env["stock.warehouse"]
            .search([("company_id", "=", store.id)], limit=1)
            .lot_stock_id
        )
        env["stock.quant"]._update_available_quantity(
            lot.product_id, place, 1, lot_id=lot
        )
        return lot.dms_vehicle_ids

    def _forget_cars(self, env):
        mine = [tuple(self.store_ids)]
        with changeable(env, "dms_gate_check"):
            for table in ("dms_gate_check", "dms_gate_pass"):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id IN %s", mine)
        env["product.template"].browse(self.template_id).active = False
        result = super()._forget_cars(env)
        for table in ("stock_quant", "stock_lot"):
            env.cr.execute(f"DELETE FROM {table} WHERE company_id IN %s", mine)
        return result

    def issue(self, env):
        return env["dms.gate.pass"].create(
            {
                "vehicle_id": self.car_id,
                "reason": "test_drive",
                "company_id": self.store_ids[0],
            }
        )

    def passes(self, env):
        return env["dms.gate.pass"].search([("vehicle_id", "=", self.car_id)])

    @mute_logger("odoo.sql_db")
    def test_two_passes_at_once_become_one(self):
        error = self._race(self.issue, self.issue)
        self.assertIn("already has a gate pass", str(error))
        with self.transaction() as env:
            self.assertEqual(len(self.passes(env)), 1)

    @mute_logger("odoo.sql_db")
    def test_two_taps_at_once_let_it_out_once(self):
        with self.transaction() as env:
            self.issue(env)
        answers = []

        def tap(km, env):
            answers.append(self.passes(env).let_out(odometer_km=km)["changed"])

        self.assertIsNone(self._race(partial(tap, 7), partial(tap, 8)))
        self.assertEqual((answers[0], answers[-1]), (True, False))
        with self.transaction() as env:
            self.assertEqual(self.passes(env).check_ids.odometer_km, 7)
            events = env["dms.vehicle.event"].search_count(
                [("vehicle_id", "=", self.car_id), ("code", "=", "vehicle.gate_exit")]
            )
            self.assertEqual(events, 1)

    @mute_logger("odoo.sql_db")
    def test_let_out_and_cancelled_at_once_one_of_them_is_refused(self):
        with self.transaction() as env:
            self.issue(env)
        error = self._race(
            lambda env: self.passes(env).cancel(),
            lambda env: self.passes(env).let_out(odometer_km=7),
        )
        self.assertIsInstance(error, UserError)
        self.assertIn("was cancelled", str(error))
