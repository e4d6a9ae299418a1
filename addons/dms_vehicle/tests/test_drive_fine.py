from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .drive_common import DriveCommon

HOUR = timedelta(hours=1)


def _fine(case, store):
    return case.env["dms.drive.fine"].create(
        {
            "number": "F1",
            "plate": "京A1",
            "at": "2026-01-01 08:00:00",
            "amount": 200,
            "company_id": store.id,
        }
    )


ISOLATION_FACTORIES["dms.drive.fine"] = _fine


class FineCommon(DriveCommon):
    """DRIVER has driven, and CUSTOMER after him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = fields.Datetime.now()
        cls.first = cls.driven(now - 10 * HOUR, cls.driver)
        cls.second = cls.driven(now - 5 * HOUR, cls.customer)

    @classmethod
    def driven(cls, start, partner):
        """Return a drive of one hour that is over."""
        drive = cls.book(start=start, partner_id=partner.id)
        checks = cls.env["dms.drive.check"]
        for kind, at in (("out", start), ("back", start + HOUR)):
            checks.create(
                {
                    "drive_id": drive.id,
                    "company_id": drive.company_id.id,
                    "kind": kind,
                    "at": at,
                    "user_id": cls.consultant.id,
                    "odometer_km": 10,
                }
            )
        return drive

    def fine(self, at, user=None, **vals):
        fines = self.by(user or self.advisor, self.env["dms.drive.fine"])
        values = {"number": f"F-{at}", "plate": "京A·12345", "at": at, "amount": 200}
        return fines.create(values | vals)


@tagged("post_install", "-at_install")
class TestDriveFine(FineCommon):
    def test_it_is_of_who_drove_at_that_hour(self):
        for drive in (self.first, self.second):
            fine = self.fine(drive.out_at + HOUR / 2)
            self.assertEqual((fine.drive_id, fine.state), (drive, "assigned"))
            self.assertEqual(fine.partner_id, drive.partner_id)

    def test_between_two_drives_it_is_nobodys(self):
        fine = self.fine(self.first.back_at + HOUR)
        self.assertEqual((fine.state, fine.vehicle_id), ("unknown", self.demo))
        with self.refused(UserError, "Nobody is known who drove"):
            fine.action_print_letter()

    def test_many_are_assigned_in_one_query(self):
        fines = self.env["dms.drive.fine"].create(
            [
                {
                    "number": f"M{n}",
                    "plate": "京A12345",
                    "at": self.first.out_at + timedelta(minutes=n),
                    "amount": 100,
                    "company_id": self.store_a1.id,
                }
                for n in range(1, 40)
            ]
        )
        self.assertEqual(fines.drive_id, self.first)
        self.env.flush_all()
        with self.assertQueryCount(1):
            fines._dms_who_drove()

    def test_a_plate_of_another_store_finds_nothing(self):
        fine = self.fine(
            self.first.out_at,
            user=self.user("service_advisor", self.store_a2),
            company_id=self.store_a2.id,
        )
        self.assertFalse(fine.vehicle_id)

    def test_the_letter_is_noted(self):
        fine = self.fine(self.first.out_at)
        fine.action_print_letter()
        self.assertEqual(fine.state, "told")

    def test_a_fine_lies_behind(self):
        with self.refused(UserError, "lies ahead"):
            self.fine(fields.Datetime.now() + HOUR)

    def test_a_technician_sees_none(self):
        with self.refused(AccessError, ""):
            self.by(
                self.user("technician", self.store_a1), self.fine(self.first.out_at)
            ).read(["number"])

    def test_the_driver_answers_once(self):
        drive = self.first.sudo()
        with self.refused(UserError, "Choose a number"):
            drive._dms_take_feedback(11, "offer", "")
        drive._dms_take_feedback(10, "offer", "quiet")
        self.assertEqual((drive.nps, drive.wants), (100.0, "offer"))
        with self.refused(UserError, "received already"):
            drive._dms_take_feedback(1, "no", "")

    def test_who_has_not_driven_does_not_answer(self):
        with self.refused(UserError, "received already"):
            self.book().sudo()._dms_take_feedback(9, "offer", "")


@tagged("post_install", "-at_install")
class TestDriveFineBooks(FineCommon):
    with_chart = True

    def test_the_driver_is_invoiced_what_the_police_asks(self):
        fine = self.fine(self.first.out_at)
        accountant = self.user("accountant", self.store_a1)
        mine = self.by(accountant, fine)
        mine.action_invoice()
        move = mine.move_id
        self.assertEqual((move.amount_total, move.partner_id), (200.0, self.driver))
        self.assertEqual(fine.state, "invoiced")
        move.action_post()
        payment = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        payment.with_company(self.store_a1).create({})._create_payments()
        self.assertEqual(fine.state, "paid")
        with self.refused(UserError, "invoiced already"):
            mine.action_invoice()
