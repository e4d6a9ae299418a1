"""The guard lets a car out and takes it back; what he saw is never changed."""

from base64 import b64encode
from io import BytesIO

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gate_common import PHOTO, GateCommon


@tagged("post_install", "-at_install")
class TestGateCheck(GateCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.drive = self.issue(self.car)
        self.at_gate = self.by(self.guard, self.drive)

    def events(self):
        return (
            self.env["dms.vehicle.event"]
            .search([("vehicle_id", "=", self.car.id)], order="id")
            .mapped("code")
        )

    def test_out_and_back(self):
        answer = self.at_gate.let_out(odometer_km=12, fuel_percent=80)
        self.assertTrue(answer["changed"])
        self.assertEqual(self.drive.state, "out")
        self.at_gate.take_back(odometer_km=31, fuel_percent=74, damage="左前门划痕")
        self.assertEqual(self.drive.state, "returned")
        self.assertEqual(self.drive.driven_km, 19)
        exit_, return_ = self.drive.check_ids.sorted("id")
        self.assertEqual((exit_.kind, exit_.user_id), ("exit", self.guard))
        self.assertEqual((return_.fuel_percent, return_.damage), (74, "左前门划痕"))
        self.assertEqual(return_.company_id, self.store_a1)

    def test_the_car_gets_the_reading_and_its_log_the_passing(self):
        self.at_gate.let_out(odometer_km=12)
        self.assertEqual(self.car.odometer_km, 12)
        self.at_gate.take_back(odometer_km=31)
        self.assertEqual(self.car.odometer_km, 31)
        self.assertEqual(
            self.events()[-4:],
            [
                "vehicle.odometer",
                "vehicle.gate_exit",
                "vehicle.odometer",
                "vehicle.gate_return",
            ],
        )

    def test_the_log_tells_no_name(self):
        self.at_gate.let_out(odometer_km=12, damage="王芳 13800138000")
        entries = self.env["dms.log.entry"].search([("subject", "=", self.car.vin)])
        told = " ".join(entries.mapped("body"))
        self.assertIn("test_drive", told)
        for secret in ("王芳", "13800138000", self.drive.code, self.guard.name):
            self.assertNotIn(secret, told)

    # Twice

    def test_a_doubled_tap_changes_nothing(self):
        self.at_gate.let_out(odometer_km=12)
        answer = self.at_gate.let_out(odometer_km=99)
        self.assertFalse(answer["changed"])
        self.assertEqual(len(self.drive.check_ids), 1)
        self.assertEqual(self.car.odometer_km, 12)
        self.at_gate.take_back(odometer_km=20)
        self.assertFalse(self.at_gate.take_back(odometer_km=20)["changed"])
        self.assertFalse(self.at_gate.let_out(odometer_km=20)["changed"])
        self.assertEqual(self.events().count("vehicle.gate_return"), 1)

    # Not

    def test_return_without_exit(self):
        with self.refused(UserError, "has not left"):
            self.at_gate.take_back(odometer_km=5)

    def test_a_car_that_left_for_good_does_not_come_back(self):
        one = self.issue(
            self.car,
            "delivery",
            user=self.manager,
            picking_id=self._deliver_after_cancelling().id,
        )
        at_gate = self.by(self.guard, one)
        at_gate.let_out()
        with self.refused(UserError, "left for good"):
            at_gate.take_back(odometer_km=5)

    def _deliver_after_cancelling(self):
        self.drive.cancel()
        return self.delivered(self.car)

    def test_neither_expired_nor_cancelled_nor_early(self):
        self.later(self.drive, days=2)
        with self.refused(UserError, "expired"):
            self.at_gate.let_out(odometer_km=5)
        early = self.issue(valid_from=self.ahead(hours=3), back_by=self.ahead(hours=9))
        with self.refused(UserError, "not valid yet"):
            self.by(self.guard, early).let_out(odometer_km=5)
        early.cancel()
        with self.refused(UserError, "was cancelled"):
            self.by(self.guard, early).let_out(odometer_km=5)

    def test_late_it_is_taken_back_all_the_same(self):
        self.at_gate.let_out(odometer_km=5)
        self.later(self.drive, days=9)
        self.at_gate.take_back(odometer_km=6)
        self.assertEqual(self.drive.state, "returned")

    def test_the_odometer_does_not_go_back(self):
        self.car.odometer_km = 40
        with self.refused(UserError, "showed 40 km before"):
            self.at_gate.let_out(odometer_km=39)
        self.at_gate.let_out(odometer_km=40)
        with self.refused(UserError, "showed 40 km before"):
            self.at_gate.take_back(odometer_km=39)

    def test_it_is_read(self):
        for km, why in ((None, "comes back"), (-1, "negative"), (9_999_999, "No odo")):
            with self.refused(UserError, why):
                self.at_gate.let_out(odometer_km=km)
        self.assertEqual(self.drive.state, "issued")
        self.assertFalse(self.drive.check_ids)

    def test_fuel_is_a_percentage(self):
        for percent in (-1, 101):
            with self.refused(UserError, "between 0 and 100"):
                self.at_gate.let_out(odometer_km=1, fuel_percent=percent)

    # Photos

    def test_photos_are_kept_with_the_check(self):
        self.at_gate.let_out(odometer_km=1, photos=[PHOTO, PHOTO])
        photos = self.drive.check_ids.photo_ids
        self.assertEqual(len(photos), 2)
        self.assertEqual(set(photos.mapped("mimetype")), {"image/jpeg"})
        guard = self.by(self.guard, photos)
        self.assertTrue(guard.mapped("raw"))
        with self.assertRaises(AccessError):
            guard.unlink()
        with self.assertRaises(AccessError):
            guard.write({"raw": b"x"})

    def test_what_is_no_picture_is_refused_and_nothing_is_noted(self):
        for photo in ("x", "JVBERi0xLjQ=", ""):
            with self.refused(UserError, "no picture"):
                self.at_gate.let_out(odometer_km=1, photos=[photo])
        with self.refused(UserError, "At most 8"):
            self.at_gate.let_out(odometer_km=1, photos=[PHOTO] * 9)
        self.env.invalidate_all()
        self.assertEqual(self.drive.state, "issued")

    def test_what_would_be_kept_unread_is_no_photo(self):
        for raw in (b"<svg xmlns='a'><script/></svg>", b"RIFF\0\0\0\0WEBPVP8 "):
            with self.refused(UserError, "no picture"):
                photo = b64encode(raw).decode()
                self.at_gate.let_out(odometer_km=1, photos=[photo])

    def test_a_photo_does_not_tell_where_it_was_taken(self):
        exif = Image.Exif()
        exif[0x010F] = "Maker"
        shot = BytesIO()
        Image.new("RGB", (4, 4)).save(shot, "JPEG", exif=exif)
        photo = b64encode(shot.getvalue()).decode()
        self.at_gate.let_out(odometer_km=1, photos=[photo])
        kept = self.drive.check_ids.photo_ids
        self.assertFalse(Image.open(BytesIO(kept.raw)).getexif())

    def test_a_picture_that_would_fill_the_memory_is_refused(self):
        shot = BytesIO()
        Image.new("1", (20_000, 20_000)).save(shot, "PNG")
        photo = b64encode(shot.getvalue()).decode()
        with self.refused(UserError, "no picture"):
            self.at_gate.let_out(odometer_km=1, photos=[photo])

    # For ever

    @mute_logger("odoo.sql_db")
    def test_a_check_is_never_changed(self):
        self.at_gate.let_out(odometer_km=1)
        check = self.drive.check_ids
        with self.refused(UserError, "cannot be changed"):
            check.sudo().odometer_km = 2
        with self.refused(UserError, "cannot be deleted"):
            check.sudo().unlink()
        for statement in (
            "UPDATE dms_gate_check SET odometer_km = 2",
            "DELETE FROM dms_gate_check",
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(statement)
            self.assertIn("append-only", str(caught.exception))

    def test_nobody_writes_a_check_by_hand(self):
        for role in ("gate_guard", "store_manager", "sales_consultant"):
            checks = self.by(self.user(role, self.store_a1), self.env["dms.gate.check"])
            with self.assertRaises(AccessError):
                checks.create(
                    {
                        "pass_id": self.drive.id,
                        "company_id": self.store_a1.id,
                        "kind": "exit",
                        "at": "2026-11-30 10:00:00",
                        "user_id": self.guard.id,
                    }
                )

    # Who

    def test_only_guards_and_who_leads_the_store(self):
        for role in ("sales_consultant", "sales_manager", "technician", "accountant"):
            with self.refused(AccessError, "Only the gate guard"):
                self.by(self.user(role, self.store_a1), self.drive).let_out(5)
        manager = self.user("store_manager", self.store_a1)
        self.by(manager, self.drive).let_out(odometer_km=5)
        self.assertEqual(self.drive.check_ids.user_id, manager)

    def test_not_the_guard_of_another_store(self):
        with self.assertRaises(AccessError):
            self.by(self.other_guard, self.drive).let_out(odometer_km=5)

    def test_passing_the_gate_costs_few_queries(self):
        self.at_gate.let_out(odometer_km=5)
        other = self.by(self.guard, self.issue())
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(70):
            other.let_out(odometer_km=5)
            self.env.flush_all()
