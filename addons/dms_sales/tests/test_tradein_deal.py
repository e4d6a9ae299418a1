"""The old car on the sheet of the new one: typed once, and only what was accepted."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestTradeInDeal(TradeInCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new = cls.deal(partner=cls.owner)
        cls.order = cls.variant(deal=cls.new)

    def sheet(self):
        car = self.order.dms_trade_in_ids
        return car.allowance, car.value, car.payoff

    def test_the_deal_opens_an_appraisal_with_what_is_known(self):
        action = self.new.action_dms_appraise()
        context = action["context"]
        self.assertEqual(context["default_partner_id"], self.owner.id)
        self.assertEqual(context["default_deal_id"], self.new.id)
        one = self.appraisal(deal_id=self.new.id)
        self.assertEqual(self.new.action_dms_appraise()["res_id"], one.id)
        self.assertEqual(self.new.appraisal_count, 1)

    def test_an_offer_reaches_every_open_sheet(self):
        other = self.variant(deal=self.new)
        self.offered(deal_id=self.new.id, price=80_000)
        self.assertEqual(self.sheet(), (80_000, 80_000, 0))
        self.assertEqual(other.dms_trade_in_ids.allowance, 80_000)
        self.assertEqual(float(self.order._dms_totals().traded_in), 80_000)

    def test_a_further_variant_takes_it_in_too(self):
        self.offered(deal_id=self.new.id)
        later = self.variant(deal=self.new)
        self.assertEqual(later.dms_trade_in_ids.allowance, 80_000)

    def test_an_old_loan_lowers_what_is_set_off(self):
        one = self.offered(deal_id=self.new.id)
        one.write({"lender_id": self.old_lender.id, "payoff": 30_000})
        self.assertEqual(self.sheet(), (80_000, 80_000, 30_000))
        self.assertEqual(float(self.order._dms_totals().traded_in), 50_000)

    def test_what_follows_from_the_appraisal_is_not_typed(self):
        self.offered(deal_id=self.new.id)
        with self.assertRaisesRegex(UserError, "follows from appraisal"):
            self.order.dms_desk_trade_in({"name": "Old", "allowance": 99_000})
        self.order.dms_desk_trade_in({"name": "Old car", "allowance": 80_000})
        self.assertEqual(self.order.dms_trade_in_ids.name, "Old car")

    def test_nobody_names_an_appraisal_with_numbers_of_his_own(self):
        one = self.offered(deal_id=self.new.id)
        other = self.variant()
        vals = {"order_id": other.id, "name": "Old", "allowance": 99_000}
        car = other.dms_trade_in_ids.create(vals | {"appraisal_id": one.id})
        self.assertEqual(car.allowance, 80_000)

    def test_a_copied_variant_takes_it_in_too(self):
        self.offered(deal_id=self.new.id)
        action = self.new.action_dms_add_variant()
        copy = self.order.browse(action["res_id"])
        self.assertEqual(copy.dms_trade_in_ids.allowance, 80_000)
        self.assertTrue(copy.dms_trade_in_ids.appraisal_id)

    def test_an_offer_taken_back_leaves_the_sheet(self):
        one = self.offered(deal_id=self.new.id)
        one.action_refuse()
        self.assertFalse(self.order.dms_trade_in_ids)

    def test_a_deal_is_confirmed_only_with_an_accepted_offer(self):
        one = self.offered(deal_id=self.new.id)
        with self.assertRaisesRegex(UserError, "has not accepted"):
            self.order.sudo().action_confirm()
        one.action_accept()
        self.order.sudo().action_confirm()
        self.assertEqual(self.new.state, "ordered")

    def test_a_car_typed_in_by_hand_needs_no_appraisal(self):
        self.order.dms_desk_trade_in({"name": "Old", "allowance": 50_000})
        self.order.dms_desk_trade_in({"allowance": 60_000})
        self.order.sudo().action_confirm()
        self.assertEqual(self.new.state, "ordered")

    def test_another_deal_gets_it_when_the_owner_chooses_another_car(self):
        one = self.offered(deal_id=self.new.id)
        other = self.deal(partner=self.owner)
        order = self.variant(deal=other)
        one.deal_id = other
        self.assertFalse(self.order.dms_trade_in_ids)
        self.assertEqual(order.dms_trade_in_ids.allowance, 80_000)
