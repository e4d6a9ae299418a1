from odoo.exceptions import UserError
from odoo.tests import tagged

from .leads_common import MOBILE, LeadsCommon


@tagged("post_install", "-at_install")
class TestLeadDeal(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wanting = cls.lead(
            user=cls.consultant,
            phone=MOBILE,
            contact_name="李娜",
            dms_model_ids=cls.white.product_tmpl_id.ids,
        )

    def offered(self, lead=None):
        lead = self.by(self.consultant, lead or self.wanting)
        action = lead.action_dms_make_offer()
        return self.env["dms.deal"].browse(action["res_id"])

    def test_an_offer_takes_over_what_the_lead_knows(self):
        deal = self.offered()
        self.assertEqual(deal.lead_id, self.wanting)
        self.assertEqual(deal.partner_id.name, "李娜")
        self.assertEqual(deal.partner_id.company_id, self.store_a1)
        self.assertEqual(deal.user_id, self.consultant)
        self.assertEqual(deal.product_id, self.white)
        self.assertEqual(deal.variant_ids.opportunity_id, self.wanting)

    def test_a_lead_has_one_deal_in_talks(self):
        self.assertEqual(self.offered(), self.offered())
        self.assertEqual(self.wanting.dms_deal_count, 1)

    def test_a_customer_with_the_number_is_not_made_twice(self):
        self.customer.write({"phone": "13800138000", "company_id": self.store_a1.id})
        self.assertEqual(self.offered().partner_id, self.customer)

    def test_an_offer_is_an_answer(self):
        self.offered()
        self.assertEqual(self.wanting.dms_clock, "answered")

    def test_who_makes_the_offer_takes_a_lead_of_the_pool(self):
        lead = self.lead(contact_name="王芳")
        self.offered(lead)
        self.assertEqual(lead.user_id, self.consultant)

    def test_an_order_wins_the_lead(self):
        deal = self.offered()
        deal.variant_ids.action_confirm()
        self.assertEqual(self.wanting.won_status, "won")

    def test_a_cancelled_deal_loses_it_with_a_reason(self):
        deal = self.offered()
        deal.variant_ids.action_confirm()
        deal.variant_ids._action_cancel()
        self.assertEqual(self.wanting.won_status, "lost")
        self.assertTrue(self.wanting.lost_reason_id)

    def test_another_deal_keeps_the_lead_open(self):
        deal = self.offered()
        other = self.env["dms.deal"].create(
            self.wanting._prepare_deal() | {"user_id": self.consultant.id}
        )
        self.offer(other)
        deal.variant_ids._action_cancel()
        self.assertEqual(self.wanting.won_status, "pending")

    def test_a_new_variant_brings_a_lost_lead_back(self):
        deal = self.offered()
        deal.variant_ids._action_cancel()
        self.by(self.consultant, deal).action_dms_add_variant()
        self.assertEqual(self.wanting.won_status, "pending")

    def test_a_lost_lead_gets_no_offer(self):
        self.wanting.action_set_lost()
        with self.assertRaisesRegex(UserError, "restore it first"):
            self.by(self.consultant, self.wanting).action_dms_make_offer()
