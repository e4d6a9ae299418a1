from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .leads_common import LeadsCommon
from .web_common import PERSON, WebCommon


@tagged("post_install", "-at_install")
class TestVisit(LeadsCommon, WebCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookings = cls.env["dms.visit.booking"].with_user(cls.visitor).sudo()
        cls.slot = cls.bookings._dms_visit_slots(cls.store_a1)[0]

    def book(self, **person):
        model = self.white.product_tmpl_id
        return self.bookings._dms_book_visit(
            self.store_a1, self.slot, PERSON | person, model
        )

    def check_in(self, phone="13800000009", name="陈晨", store=None):
        visits = self.env["dms.showroom.visit"].with_user(self.visitor).sudo()
        return visits._dms_check_in(store or self.store_a1, phone, name)

    def test_only_times_at_which_the_store_is_open_are_offered(self):
        there = self.bookings.with_context(tz="Asia/Shanghai")
        hours = {
            fields.Datetime.context_timestamp(there, slot).hour
            for slot in self.bookings._dms_visit_slots(self.store_a1)
        }
        self.assertLessEqual(hours, set(range(9, 18)))

    def test_a_booked_visit_opens_a_lead_in_the_store(self):
        booking = self.book()
        self.assertEqual(booking.state, "booked")
        self.assertEqual(booking.lead_id.company_id, self.store_a1)
        self.assertEqual(booking.lead_id.dms_model_ids, self.white.product_tmpl_id)
        self.assertIn("visit_booked", booking.lead_id.dms_touch_ids.mapped("step"))

    def test_a_time_when_nobody_is_there_is_refused(self):
        self.slot = fields.Datetime.to_datetime("2020-01-01 04:00:00")
        with self.assertRaisesRegex(UserError, "when the store is open"):
            self.book()

    def test_one_phone_books_two_visits_at_most(self):
        self.book()
        self.book()
        with self.assertRaisesRegex(UserError, "visits are booked already"):
            self.book()

    def test_the_door_opens_the_same_lead(self):
        lead = self.lead(phone="13800000009", dms_channel="web", user=self.consultant)
        visit = self.check_in()
        self.assertEqual(visit.lead_id, lead)
        self.assertEqual(visit.user_id, self.consultant)
        self.assertTrue(visit.is_again)

    def test_the_consultant_is_called_to_the_door(self):
        lead = self.lead(phone="13800000009", user=self.consultant)
        self.check_in()
        self.assertEqual(lead.activity_ids.user_id, self.consultant)

    def test_a_visitor_without_a_lead_becomes_known(self):
        visit = self.check_in(phone="13800000077")
        self.assertEqual(visit.lead_id.dms_channel, "walk_in")
        self.assertEqual(visit.lead_id.dms_touch_ids.mapped("step"), ["walk_in"])
        self.assertFalse(visit.is_again)

    def test_a_store_without_anybody_on_duty_counts_the_visit(self):
        visit = self.check_in(store=self.store_b1)
        self.assertEqual(visit.lead_id.company_id, self.store_b1)
        self.assertFalse(visit.user_id)

    def test_checking_in_fulfils_the_booked_visit(self):
        booking = self.book()
        booking.planned_at = fields.Datetime.now()
        visit = self.check_in()
        self.assertEqual(booking.visit_id, visit)
        self.assertEqual(booking.state, "came")

    def test_the_reception_receives_who_shows_the_code(self):
        booking = self.book()
        self.by(self.manager, booking).action_dms_came()
        self.assertEqual(booking.visit_id.lead_id, booking.lead_id)
        with self.assertRaisesRegex(UserError, "is received already"):
            self.by(self.manager, booking).action_dms_came()

    def test_a_visit_is_cancelled_by_its_link(self):
        booking = self.book()
        booking._dms_cancel_visit()
        self.assertEqual(booking.state, "cancelled")
        with self.assertRaises(UserError):
            booking._dms_cancel_visit()

    def test_who_does_not_come_has_missed_it(self):
        booking = self.book()
        booking.planned_at = "2020-01-01 04:00:00"
        self.assertEqual(booking.state, "missed")
        found = self.bookings.search([("state", "in", ["missed"])])
        self.assertIn(booking, found)

    def test_each_store_has_its_own_code_at_the_door(self):
        self.assertNotEqual(
            self.store_a1._dms_door_key(), self.store_a2._dms_door_key()
        )
