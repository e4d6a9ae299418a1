"""Somebody signs or claims while another still changes what was found."""

from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..vin import with_check_digit
from .inspection_common import PIXEL
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900091")


@tagged("post_install", "-at_install")
class TestSigningRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            vals = {"vin": VIN, "company_id": self.store_ids[0]}
            car = env["dms.vehicle"].create(vals)
            pdi = env["dms.pdi"].create({"vehicle_id": car.id})
            pdi.item_ids.unlink()
            item = env["dms.pdi.item"].create({"pdi_id": pdi.id, "name": "Keys"})
            item.action_ok()
            pdi.signature = PIXEL
            self.pdi_id, self.item_id = pdi.id, item.id
            self.report_id = self._report(env, car).id

    def _report(self, env, car):
        photo = env["ir.attachment"].create({"name": "photo.png", "datas": PIXEL})
        line = {"place": "roof", "photo_ids": [(6, 0, photo.ids)]}
        vals = {"carrier_id": env.user.partner_id.id, "line_ids": [(0, 0, line)]}
        return car._dms_report_damage(vals)

    def _forget_cars(self, env):
        env["dms.damage.report"].browse(self.report_id).activity_ids.unlink()
        for table in (
            "dms_damage_line",
            "dms_damage_report",
            "dms_pdi_item",
            "dms_pdi",
        ):
            env.cr.execute(
                f"DELETE FROM {table} WHERE company_id IN %s", [tuple(self.store_ids)]
            )
        return super()._forget_cars(env)

    def sign(self, env):
        return env["dms.pdi"].browse(self.pdi_id).action_finish()

    def find(self, env):
        return env["dms.pdi.item"].browse(self.item_id).action_defect()

    def claim(self, env):
        return env["dms.damage.report"].browse(self.report_id).action_claim()

    def change(self, env, severity="heavy"):
        report = env["dms.damage.report"].browse(self.report_id)
        report.line_ids.severity = severity

    @mute_logger("odoo.sql_db")
    def test_a_defect_that_is_found_while_another_signs_fails_the_car(self):
        self.assertIsNone(self._race(self.find, self.sign))
        with self.transaction() as env:
            self.assertEqual(env["dms.pdi"].browse(self.pdi_id).state, "failed")

    @mute_logger("odoo.sql_db")
    def test_what_was_signed_meanwhile_is_not_changed(self):
        error = self._race(self.sign, self.find)
        self.assertIsInstance(error, UserError)
        with self.transaction() as env:
            self.assertEqual(env["dms.pdi"].browse(self.pdi_id).state, "passed")
            self.assertEqual(env["dms.pdi.item"].browse(self.item_id).result, "ok")

    @mute_logger("odoo.sql_db")
    def test_what_was_claimed_meanwhile_is_not_changed(self):
        error = self._race(self.claim, partial(self.change, severity="medium"))
        self.assertIsInstance(error, UserError)
        with self.transaction() as env:
            report = env["dms.damage.report"].browse(self.report_id)
            self.assertEqual(report.line_ids.severity, "light")
