import hashlib
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .drive_common import LICENCE, DriveCommon, scribble
from .gate_common import PHOTO

MINUTE = timedelta(minutes=1)
OTHER_NUMBER = "440524188001010014"


@tagged("post_install", "-at_install")
class TestDriveLicence(DriveCommon):
    def test_the_number_is_that_of_a_person_and_masked(self):
        licence = self.licensed()
        self.assertNotIn("19491231", licence.number)
        self.env.cr.execute("SELECT number FROM dms_drive_licence")
        self.assertNotIn(LICENCE, str(self.env.cr.fetchall()))

    def test_a_mistyped_number_is_refused_with_words(self):
        with self.refused(ValidationError, "Compare all 18"):
            self.licensed(number="110105194912310021")

    def test_what_is_no_class_is_refused(self):
        with self.refused(ValidationError, "is no class of driving licence"):
            self.licensed(classes="X9")

    def test_without_a_licence_nobody_drives(self):
        with self.refused(UserError, "Enter the driving licence of 李娜"):
            self.book().hand_out(20)

    def test_a_licence_of_the_wrong_class_is_refused(self):
        self.licensed(classes="D")
        with self.refused(UserError, "needs class C2.* is for D"):
            self.book().hand_out(20)

    def test_a_licence_that_ends_before_the_drive_is_refused(self):
        self.licensed(valid_until=fields.Date.today())
        with self.refused(UserError, "may not drive"):
            self.book().hand_out(20)

    def test_a_licence_that_nobody_saw_does_not_do(self):
        self.licensed(seen=False)
        with self.refused(UserError, "Look at the original licence"):
            self.book().hand_out(20)

    def test_the_number_that_was_seen_is_the_holders_identity_number(self):
        self.licensed(seen=False)
        self.assertFalse(self.driver.dms_id_number)
        self.env["dms.drive.licence"].search([]).action_check()
        self.assertEqual(self.driver._dms_unsealed("dms_id_number"), LICENCE)

    def test_a_number_the_store_knows_already_stays(self):
        self.driver.dms_id_number = OTHER_NUMBER
        self.licensed()
        self.assertEqual(self.driver._dms_unsealed("dms_id_number"), OTHER_NUMBER)

    def test_a_changed_licence_is_looked_at_again(self):
        licence = self.licensed()
        licence.classes = "B2"
        self.assertFalse(licence.is_checked)

    def test_the_verdict_is_for_all_the_number_for_few(self):
        self.licensed(classes="D")
        drive = self.by(self.user("technician", self.store_a1), self.book())
        self.assertIn("needs class C2", drive.licence_note)
        with self.refused(AccessError, ""):
            self.assertTrue(drive.licence_id)


@tagged("post_install", "-at_install")
class TestDriveSigning(DriveCommon):
    def test_the_agreement_is_kept_and_its_hash_is_in_the_log(self):
        drive = self.ready()
        digest = hashlib.sha256(drive.sudo().agreement_id.raw).hexdigest()
        self.assertEqual(drive.agreement_sha256, digest)
        event = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", self.demo.id), ("code", "=", "vehicle.drive_signed")]
        )
        self.assertIn(digest, event.body)

    def test_an_empty_signature_is_refused(self):
        self.licensed()
        drive = self.book().sudo()
        for nothing in ("", "no picture", PHOTO):
            with self.refused(UserError, "sign with your finger"):
                drive._dms_sign("李娜", nothing)

    def test_nobody_signs_twice(self):
        drive = self.ready()
        with self.refused(UserError, "not open for a signature"):
            drive.sudo()._dms_sign("李娜", scribble())

    def test_another_driver_signs_again(self):
        drive = self.ready()
        drive.partner_id = self.customer
        self.assertFalse(drive.signed_at)

    def test_a_signed_agreement_stays_as_it_is(self):
        drive = self.ready()
        with self.refused(UserError, "stays as it is"):
            drive.sudo().agreement_id.raw = b"other"

    def test_without_a_signature_no_key(self):
        self.licensed()
        with self.refused(UserError, "signs the agreement"):
            self.book().hand_out(20)


@tagged("post_install", "-at_install")
class TestDriveHandover(DriveCommon):
    def test_out_and_back(self):
        drive = self.ready(start=fields.Datetime.now())
        drive.hand_out(20, 80, "scratch on the left door", [PHOTO])
        self.assertEqual(drive.state, "out")
        drive.bring_back(31, 70, photos=[PHOTO, PHOTO])
        self.assertEqual((drive.state, drive.driven_km), ("back", 11))
        self.assertEqual(self.demo.odometer_km, 31)
        self.assertEqual([len(one.photo_ids) for one in drive.check_ids], [1, 2])

    def test_both_are_in_the_history_of_the_car(self):
        drive = self.ready(start=fields.Datetime.now())
        drive.hand_out(20)
        drive.bring_back(31)
        events = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", self.demo.id), ("code", "=like", "vehicle.drive_%")],
            order="id desc",
            limit=2,
        )
        self.assertEqual(
            events.mapped("code"), ["vehicle.drive_back", "vehicle.drive_out"]
        )

    def test_the_odometer_does_not_go_back(self):
        self.demo.odometer_km = 100
        with self.refused(UserError, "100 km before"):
            self.ready().hand_out(99)

    def test_the_key_goes_with_the_driver_and_comes_back(self):
        keys = self.env["dms.key.item"]._dms_make(self.demo, ("key1", "plate"))
        drive = self.ready(start=fields.Datetime.now())
        drive.hand_out(20, keys=keys)
        self.assertEqual(keys.holder_id, self.driver)
        self.assertEqual(keys[0].due_at, drive.stop)
        drive.bring_back(31)
        self.assertEqual(set(keys.mapped("state")), {"cabinet"})

    def test_a_key_that_is_out_is_not_given(self):
        key = self.env["dms.key.item"]._dms_make(self.demo, ("key1",))
        key.take(self.customer)
        with self.refused(UserError, f"{self.customer.name} has it since"):
            self.ready().hand_out(20, keys=key)

    def test_with_a_guard_the_car_leaves_by_a_pass(self):
        self.store_a1.dms_gate_pass = True
        drive = self.ready(start=fields.Datetime.now())
        drive.hand_out(20)
        one = drive.gate_pass_id
        self.assertEqual((one.reason, one.back_by), ("test_drive", drive.stop))
        self.by(self.guard, one).let_out(odometer_km=20)
        with self.refused(UserError, "guard has not let the car in"):
            drive.bring_back(31)
        self.by(self.guard, one).take_back(odometer_km=31)
        drive.bring_back(31)
        self.assertEqual(drive.state, "back")

    def test_without_a_guard_there_is_no_pass(self):
        drive = self.ready()
        drive.hand_out(20)
        self.assertFalse(drive.gate_pass_id)

    def test_an_advisor_lends_a_car(self):
        drive = self.ready(kind="loan", user=self.advisor, start=fields.Datetime.now())
        drive.hand_out(20)
        drive.bring_back(120)
        self.assertEqual(drive.driven_km, 100)

    def test_a_car_that_is_out_is_not_handed_over_again(self):
        self.ready(start=fields.Datetime.now() - 200 * MINUTE).hand_out(20)
        late = self.ready(start=fields.Datetime.now())
        with self.refused(Exception, "one_driver_per_car"):
            late.hand_out(20)
            self.env.flush_all()

    def test_who_handed_over_is_asked_once_for_a_late_car(self):
        drive = self.ready(start=fields.Datetime.now() - 200 * MINUTE)
        drive.hand_out(20)
        self.assertTrue(drive.is_late)
        self.assertIn(drive, self.env["dms.drive"].search([("is_late", "=", True)]))
        for _n in range(2):
            self.env["dms.drive"]._cron_late()
        self.assertEqual(drive.sudo().activity_ids.user_id, self.consultant)
        self.assertEqual(len(drive.sudo().activity_ids), 1)
        drive.bring_back(31)
        self.assertFalse(drive.sudo().activity_ids)

    def test_hand_overs_are_written_by_nobody(self):
        drive = self.ready(start=fields.Datetime.now())
        drive.hand_out(20)
        with self.refused(AccessError, ""):
            self.by(self.consultant, drive.check_ids).odometer_km = 1
