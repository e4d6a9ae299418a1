"""What staff sees of the web shop, in the browser."""

from odoo.tests import HttpCase, tagged

from .web_common import PERSON, WebCommon


class WebScreens(WebCommon, HttpCase):
    def tour(self, name, path):
        self.manager.password = self.manager.login
        self.start_tour(path, name, login=self.manager.login)


@tagged("post_install", "-at_install")
class TestWebScreens(WebScreens):
    def test_the_timeline_of_a_lead_leads_to_its_reservation(self):
        self.receive(self.store_a1)
        lead = self.reserve().lead_id
        self.tour("dms_web_timeline", f"/odoo/car-leads/{lead.id}")


@tagged("post_install", "-at_install")
class TestReceptionOnThePhone(WebScreens):
    browser_size = "390x844"
    touch_enabled = True

    def test_the_reception_receives_who_booked(self):
        bookings = self.env["dms.visit.booking"]
        slot = bookings._dms_visit_slots(self.store_a1)[0]
        booking = bookings._dms_book_visit(self.store_a1, slot, PERSON)
        self.tour("dms_web_reception", "/odoo/booked-visits")
        self.assertEqual(booking.state, "came")
