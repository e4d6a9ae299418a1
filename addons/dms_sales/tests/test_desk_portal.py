from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import HttpCase, tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
class TestDeskPortal(DeskCommon, HttpCase):
    """The customer's phone: whoever has the link sees the offers and chooses."""

    def setUp(self):
        super().setUp()
        self.its_deal = self.deal()
        self.first = self.variant(deal=self.its_deal)
        self.second = self.variant(product=self.black, deal=self.its_deal)
        self.its_deal.dms_desk_send()

    def page(self, path=None):
        return self.url_open(path or self.its_deal.get_portal_url())

    def test_sending_marks_the_offers(self):
        self.assertEqual(set(self.its_deal.variant_ids.mapped("state")), {"sent"})
        self.assertEqual(self.its_deal.state, "offered")

    def test_an_empty_desk_is_not_sent(self):
        with self.assertRaisesRegex(UserError, "Put a car on the desk"):
            self.deal().dms_desk_send()

    def test_the_link_shows_all_offers_without_login(self):
        text = self.page().text
        for model in ("Model E5-W", "Model E5-B"):
            self.assertIn(model, text)

    def test_the_page_speaks_the_language_of_the_customer(self):
        self.customer.lang = "zh_CN"
        self.assertIn("您的报价", self.page().text)
        self.customer.lang = "en_US"
        self.assertIn("Your offer", self.page().text)

    def test_without_the_key_nothing_is_shown(self):
        text = self.page(f"/my/deals/{self.its_deal.id}?access_token=wrong").text
        self.assertNotIn("Model E5-W", text)

    def test_no_cost_and_no_gross_reach_the_page(self):
        facts = self.first.sudo()._dms_portal_facts()
        self.assertNotIn("gross", facts)
        self.assertNotIn("consent", facts)

    def test_drafts_are_not_shown(self):
        self.first.sudo().state = "draft"
        self.assertNotIn("Model E5-W", self.page().text)

    def test_the_customer_chooses(self):
        deal = self.its_deal.sudo()
        deal._dms_customer_chooses(self.second.id, "Please", "192.0.2.1")
        self.assertEqual(deal.order_id, self.second)
        message = deal.message_ids[0]
        self.assertIn("192.0.2.1", message.body)
        self.assertEqual(message.author_id, self.customer)

    def test_the_choice_stands_in_the_log_without_the_address(self):
        self.its_deal.sudo()._dms_customer_chooses(self.second.id, "", "192.0.2.1")
        entry = self.env["dms.log.entry"].search(
            [("subject", "=", self.its_deal.name), ("kind", "=", "deal.chosen")]
        )
        self.assertIn(self.second.name, entry.body)
        self.assertNotIn("192.0.2.1", entry.body)

    def test_an_offer_that_expired_is_not_chosen(self):
        self.second.sudo().validity_date = Date.add(Date.today(), days=-1)
        with self.assertRaisesRegex(UserError, "no longer holds"):
            self.its_deal.sudo()._dms_customer_chooses(self.second.id, "", "::1")

    def test_an_offer_of_another_deal_is_not_chosen(self):
        other = self.variant()
        with self.assertRaisesRegex(UserError, "no longer holds"):
            self.its_deal.sudo()._dms_customer_chooses(other.id, "", "::1")

    def test_a_wish_becomes_a_task_of_the_consultant(self):
        self.its_deal.sudo()._dms_customer_asks(self.first.id, "In red?", "::1")
        activity = self.its_deal.activity_ids
        self.assertEqual(activity.user_id, self.consultant)
        self.assertIn("In red?", activity.note)

    def test_the_deposit_of_the_chosen_offer_can_be_paid(self):
        self.its_deal.sudo()._dms_customer_chooses(self.second.id, "", "::1")
        order = self.second.sudo()
        self.assertEqual(order._get_prepayment_required_amount(), 5_000)
        self.assertIn("payment_amount=5000", order._dms_deposit_url())
        self.assertIn("Pay the Deposit", self.page().text)

    def test_the_words_of_a_deposit_are_those_of_the_law(self):
        order = self.first.sudo()
        self.assertIn("订金", order._dms_deposit_words())
        order.write({"dms_deposit_kind": "earnest", "dms_deposit": 60_000})
        words = order._dms_deposit_words()
        self.assertIn("定金", words)
        self.assertIn("is an advance and goes back", words)

    def test_the_offer_is_a_pdf(self):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dms_sales.report_offer", self.first.ids
        )
        text = html.decode()
        self.assertIn("What is paid when", text)
        self.assertIn("collected for others", text)
        self.assertIn("data:image/svg+xml", text)

    def test_a_foreign_offer_is_no_pdf_of_this_deal(self):
        other = self.variant()
        token = self.its_deal.access_token
        path = f"/my/deals/{self.its_deal.id}/{other.id}.pdf?access_token={token}"
        self.assertEqual(self.page(path).status_code, 404)


@tagged("post_install", "-at_install")
class TestDeskPortalBrowser(DeskCommon, HttpCase):
    """On a phone of 390 by 844 pixels."""

    browser_size = "390x844"
    touch_enabled = True

    def test_the_customer_chooses_with_his_thumb(self):
        deal = self.deal()
        self.variant(deal=deal)
        second = self.variant(product=self.black, deal=deal)
        deal.dms_desk_send()
        self.start_tour(deal.get_portal_url(), "dms_desk_customer", login=None)
        self.assertEqual(deal.order_id, second)
