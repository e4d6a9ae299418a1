"""The desk in the browser: at a desk, and on a phone beside the customer."""

from odoo.tests import HttpCase, tagged

from .test_desk_consent import ConsentCommon


class DeskScreens(ConsentCommon, HttpCase):
    def tour(self, name, user, path):
        user.password = user.login
        self.start_tour(path, name, login=user.login)


@tagged("post_install", "-at_install")
class TestDeskScreens(DeskScreens):
    def test_a_consultant_offers_and_a_manager_agrees(self):
        deal = self.deal()
        self.tour("dms_desk_consultant", self.consultant, f"/odoo/deals/{deal.id}")
        [approval] = deal.variant_ids.dms_approval_ids
        self.assertEqual(approval.state, "open")
        self.tour("dms_desk_manager", self.manager, f"/odoo/deals/{deal.id}")
        self.assertEqual(approval.state, "approved")


@tagged("post_install", "-at_install")
class TestDeskPhone(DeskScreens):
    browser_size = "390x844"
    touch_enabled = True

    def test_from_lead_to_quote_in_at_most_eight_taps(self):
        self.receive(self.store_a1)
        deal = self.deal()
        self.tour("dms_desk_phone", self.consultant, f"/odoo/deals/{deal.id}")
        self.assertEqual(deal.state, "offered")
        self.assertTrue(deal.vehicle_id)
