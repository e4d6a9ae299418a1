from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestDeal(SalesCommon):
    def test_variants_are_quotations_of_the_deal(self):
        deal = self.deal()
        orders = self.offer(deal) | self.offer(deal, product=self.black)
        self.assertEqual(deal.variant_ids, orders)
        self.assertEqual(orders.partner_id, self.customer)
        self.assertEqual(orders.user_id, self.consultant)

    def test_the_first_variant_is_the_deal_until_one_is_chosen(self):
        deal = self.deal()
        first, second = self.offer(deal), self.offer(deal, product=self.black)
        self.assertEqual(deal.order_id, first)
        second.action_dms_choose()
        self.assertEqual(deal.order_id, second)
        self.assertEqual(deal.product_id, self.black)

    def test_a_confirmed_variant_ends_the_others(self):
        deal = self.deal()
        first, second = self.offer(deal), self.offer(deal, product=self.black)
        second.action_confirm()
        self.assertEqual(deal.order_id, second)
        self.assertEqual(first.state, "cancel")
        self.assertEqual(deal.state, "ordered")

    def test_what_the_documents_prove_is_the_state(self):
        [car] = self.receive(self.store_a1)
        deal = self.deal()
        self.assertEqual(deal.state, "draft")
        order = self.offer(deal, car=car)
        order.action_quotation_sent()
        self.assertEqual(deal.state, "offered")
        order.action_confirm()
        self.assertEqual(deal.state, "ordered")
        order.sudo().picking_ids.button_validate()
        self.assertEqual(deal.state, "delivered")
        self.assertEqual(deal.vehicle_id, car)

    def test_a_deal_whose_variants_are_all_cancelled_is_cancelled(self):
        deal = self.deal()
        self.offer(deal)._action_cancel()
        self.assertEqual(deal.state, "cancelled")

    def test_a_car_sold_without_a_deal_gets_one(self):
        [car] = self.receive(self.store_a1)
        order = self.sell(car)
        self.assertEqual(order.dms_deal_id.vehicle_id, car)
        self.assertEqual(order.dms_deal_id.state, "ordered")

    def test_a_sale_to_a_sister_store_is_no_deal(self):
        [car] = self.receive(self.store_a1)
        order = self.sell(car, partner=self.store_a2.partner_id)
        self.assertFalse(order.dms_deal_id)

    def test_a_deal_sells_one_car(self):
        deal = self.deal()
        first = self.offer(deal)
        first.action_confirm()
        second = self.offer(deal)
        with self.assertRaisesRegex(UserError, "sells one car"):
            second.action_confirm()

    def test_a_deal_with_an_order_is_not_deleted(self):
        deal = self.deal()
        self.offer(deal).action_confirm()
        with self.assertRaisesRegex(ValidationError, "cancel the order"):
            self.by(self.manager, deal).unlink()

    def test_an_accountant_reads_a_deal_and_does_not_write_it(self):
        deal = self.deal()
        seen = self.by(self.user("accountant", self.store_a1), deal)
        self.assertEqual(seen.partner_id, self.customer)
        with self.assertRaises(AccessError):
            seen.partner_id = self.oem
