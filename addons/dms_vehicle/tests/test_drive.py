from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .drive_common import DriveCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestDrive(DriveCommon):
    def test_a_test_drive_takes_as_long_as_the_store_says(self):
        self.store_a1.write({"dms_drive_minutes": 45, "dms_drive_buffer": 15})
        drive = self.book()
        self.assertEqual(drive.stop - drive.start, timedelta(minutes=45))
        self.assertEqual(drive.busy_until - drive.stop, timedelta(minutes=15))

    def test_it_is_booked_and_numbered(self):
        drive = self.book()
        self.assertEqual(drive.state, "booked")
        self.assertTrue(drive.name)
        self.assertEqual(drive.product_id, self.white)
        self.assertEqual(drive.driver_phone, "13800000001")

    def test_a_taken_car_is_refused_and_who_has_it_is_named(self):
        self.book()
        with self.refused(ValidationError, "京A12345 is taken .*李娜"):
            self.book(start=self.tomorrow + HOUR / 2)

    def test_the_pause_after_a_drive_is_taken_too(self):
        self.book()
        with self.refused(ValidationError, "is taken"):
            self.book(start=self.tomorrow + HOUR)
        self.book(start=self.tomorrow + 1.5 * HOUR)

    def test_a_cancelled_drive_gives_its_car_free(self):
        self.book().action_cancel()
        self.assertTrue(self.book())

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_the_check_did_not_see(self):
        first, second = self.book(), self.book(start=self.tomorrow + 3 * HOUR)
        self.env.flush_all()
        with self.refused(Exception, "one_drive_per_car"):
            self.env.cr.execute(
                "UPDATE dms_drive SET start = %s, busy_until = %s WHERE id = %s",
                [first.start, first.busy_until, second.id],
            )

    def test_a_model_alone_takes_any_free_car(self):
        other = self.receive(self.store_a1)
        self.serve(other)
        drives = [self.book(product_id=self.white.id) for _n in range(2)]
        self.assertEqual({drive.vehicle_id for drive in drives}, {self.demo, other})

    def test_no_free_car_of_the_model_is_said(self):
        self.book()
        with self.refused(UserError, "No .*E5-W.* is free"):
            self.book(product_id=self.white.id)

    def test_only_cars_of_the_fleet_are_booked(self):
        with self.refused(ValidationError, "does not serve as Test Drive"):
            self.book(self.receive(self.store_a1))

    def test_a_loan_car_is_not_for_test_drives(self):
        self.serving.for_test = False
        with self.refused(ValidationError, "does not serve as Test Drive"):
            self.book()
        self.assertTrue(self.book(kind="loan"))

    def test_a_car_serves_until_its_last_day(self):
        self.serving.until = fields.Date.today()
        with self.refused(ValidationError, "does not serve"):
            self.book()

    def test_a_car_in_the_workshop_cannot_be_booked(self):
        self.book(kind="blocked", user=self.advisor, partner_id=False)
        with self.refused(ValidationError, "is taken .*Not Available"):
            self.book()

    def test_a_car_serves_once_at_a_time(self):
        with self.refused(Exception, "once_at_a_time"), mute_logger("odoo.sql_db"):
            self.serve(self.demo)

    def test_nobody_types_where_a_drive_stands(self):
        drive = self.book()
        with self.refused(UserError, "follows from its hand-overs"):
            drive.cancelled_at = fields.Datetime.now()

    def test_a_drive_is_not_deleted(self):
        with self.refused(AccessError, ""):
            self.book().unlink()

    def test_who_did_not_come_is_noted_after_the_beginning_only(self):
        with self.refused(UserError, "has not begun"):
            self.book().action_miss()
        past = self.book(start=fields.Datetime.now() - HOUR)
        past.action_miss()
        self.assertEqual(past.state, "missed")

    def test_a_technician_sees_drives_and_books_none(self):
        drive = self.book()
        technician = self.user("technician", self.store_a1)
        self.assertTrue(self.by(technician, drive).driver_name)
        with self.refused(AccessError, ""):
            self.book(user=technician)

    def test_booking_a_day_of_cars_asks_no_more_per_drive(self):
        for hour in range(3):
            self.book(start=self.tomorrow + hour * 2 * HOUR)
        drives = self.by(self.consultant, self.env["dms.drive"])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            drives.dms_free_slots(
                self.store_a1.id, self.white.id, self.tomorrow.date(), False
            )


@tagged("post_install", "-at_install")
class TestDriveSlots(DriveCommon):
    def labels(self, for_web=False, day=None):
        drives = self.by(self.consultant, self.env["dms.drive"])
        slots = drives.dms_free_slots(
            self.store_a1.id, self.white.id, day or self.tomorrow.date(), for_web
        )
        return [slot["label"] for slot in slots]

    def test_free_times_are_those_of_the_store_on_its_clock(self):
        labels = self.labels()
        self.assertEqual((labels[0], labels[-1], len(labels)), ("09:00", "16:00", 8))

    def test_a_booked_time_and_its_pause_are_gone(self):
        self.book()  # 10:00 in Shanghai
        self.assertEqual(self.labels()[:3], ["12:00", "13:00", "14:00"])

    def test_a_second_car_keeps_the_time(self):
        self.book()
        self.serve(self.receive(self.store_a1))
        self.assertEqual(len(self.labels()), 8)

    def test_a_day_off_has_no_times(self):
        day = self.tomorrow.date()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Festival",
                "calendar_id": self.store_a1.dms_drive_calendar_id.id,
                "company_id": self.store_a1.id,
                "date_from": fields.Datetime.to_datetime(day) - 8 * HOUR,
                "date_to": fields.Datetime.to_datetime(day) + 16 * HOUR,
            }
        )
        self.assertEqual(self.labels(), [])

    def test_the_web_keeps_the_notice_of_the_store(self):
        self.store_a1.dms_drive_notice = 720
        self.assertEqual(self.labels(for_web=True), [])
        self.assertEqual(len(self.labels()), 8)

    def test_a_drive_that_is_put_off_stays_as_long(self):
        drive = self.book()
        drive.write({"start": self.tomorrow + HOUR, "stop": self.tomorrow + 2 * HOUR})
        self.assertEqual(drive.busy_until, self.tomorrow + 2.5 * HOUR)

    def test_a_drive_is_not_put_on_a_taken_time(self):
        self.book()
        later = self.book(start=self.tomorrow + 3 * HOUR)
        with self.refused(ValidationError, "is taken"):
            later.write({"start": self.tomorrow, "stop": self.tomorrow + HOUR})


@tagged("post_install", "-at_install")
class TestDriveLink(DriveCommon):
    def test_the_driver_cancels_by_his_link(self):
        drive = self.book()
        drive.sudo()._dms_portal_cancel()
        self.assertEqual(drive.state, "cancelled")

    def test_the_driver_comes_at_another_time_in_another_car_if_need_be(self):
        other = self.receive(self.store_a1)
        self.serve(other)
        self.book(start=self.tomorrow + 3 * HOUR)
        drive = self.book(self.demo)
        drive.sudo()._dms_portal_move(self.tomorrow + 3 * HOUR)
        self.assertEqual(drive.start, self.tomorrow + 3 * HOUR)
        self.assertEqual(drive.vehicle_id, other)

    def test_no_free_car_no_other_time(self):
        self.book(start=self.tomorrow + 3 * HOUR)
        with self.refused(UserError, "That time is taken"):
            self.book().sudo()._dms_portal_move(self.tomorrow + 3 * HOUR)

    def test_what_was_driven_is_not_changed_any_more(self):
        past = self.book(start=fields.Datetime.now() - HOUR)
        with self.refused(UserError, "can no longer be changed"):
            past.sudo()._dms_portal_cancel()

    def test_drivers_are_reminded_once_of_what_they_booked(self):
        drive = self.book(start=fields.Datetime.now() + 5 * HOUR)
        with self.enter_registry_test_mode():
            cron = self.env.ref("dms_vehicle.ir_cron_drive_remind")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        mails = self.env["mail.mail"].search([("model", "=", "dms.drive")])
        self.assertEqual(len(mails.filtered(lambda one: one.res_id == drive.id)), 1)
        self.assertTrue(drive.reminded_at)
