"""Leads in the browser: at a desk, and on a phone beside the customer."""

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.dms_base.tests.screens import ScreenCase

from .desk_common import DeskCommon
from .leads_common import MOBILE, LeadsCommon
from .test_leads_wechat import LI, WeChatCommon


@tagged("post_install", "-at_install")
class TestLeadPhone(DeskCommon, LeadsCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_from_lead_over_stock_to_quote_in_at_most_eight_taps(self):
        self.receive(self.store_a1)
        lead = self.lead(
            user=self.consultant, name="Li Na", contact_name="Li Na", phone=MOBILE
        )
        self.consultant.password = self.consultant.login
        login = self.consultant.login
        self.start_tour("/odoo/car-leads", "dms_lead_to_quote", login=login)
        self.assertEqual(lead.dms_deal_ids.state, "offered")
        self.assertTrue(lead.dms_deal_ids.vehicle_id)
        self.assertTrue(lead.dms_answered_at)


@tagged("post_install", "-at_install")
class TestWeChatScreen(WeChatCommon):
    def test_a_customer_is_answered_from_the_lead(self):
        lead = self.say(LI, "周末可以看车吗？")
        lead.user_id = self.consultant
        self.consultant.password = self.consultant.login
        path = f"/odoo/car-leads/{lead.id}"
        self.start_tour(path, "dms_lead_wechat", login=self.consultant.login)
        self.deliver()
        self.assertEqual(self.platform.sent[0]["text"], "See you at two.")


@tagged("post_install", "-at_install")
class TestLeadScreens(LeadsCommon, ScreenCase):
    """What each role finds on its screens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shown = cls.lead(
            user=cls.consultant,
            name="Li Na",
            phone=MOBILE,
            description="<p>budget around 200k, this weekend</p>",
        )
        cls.shown._dms_score()

    def test_a_consultant_finds_the_lead_in_the_list(self):
        self.look_as(self.consultant)
        self.assertShows("car-leads", ".o_data_row", "Li Na")

    def test_the_list_says_how_likely_a_purchase_is(self):
        bands = dict(self.shown._fields["dms_score_band"].selection)
        self.look_as(self.manager)
        shown = bands[self.shown.dms_score_band]
        self.assertShows("car-leads", ".o_data_row .badge", shown)

    def test_a_late_answer_is_told_on_the_form(self):
        self.shown.dms_received_at = fields.Datetime.subtract(
            fields.Datetime.now(), days=3
        )
        self.look_as(self.manager)
        path = f"car-leads/{self.shown.id}"
        self.assertShows(path, ".alert-danger", "still waits")
