from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestDealBlockers(SalesCommon):
    def codes(self, deal):
        return [item["code"] for item in deal._dms_blockers()]

    def test_a_deal_without_an_offer_waits_for_its_consultant(self):
        [missing] = self.deal().dms_blockers
        self.assertEqual(missing["code"], "no_offer")
        self.assertEqual(missing["who"], self.consultant.name)

    def test_an_order_without_a_vin_waits_for_the_sales_manager(self):
        deal = self.deal()
        self.offer(deal).action_confirm()
        [missing] = deal.dms_blockers
        self.assertEqual(missing["code"], "no_car")
        self.assertEqual(missing["who"], "Sales manager")
        self.assertEqual(missing["action"]["res_id"], deal.order_id.id)

    def test_with_a_car_nothing_is_missing(self):
        [car] = self.receive(self.store_a1)
        deal = self.deal()
        self.offer(deal, car=car).action_confirm()
        self.assertEqual(self.codes(deal), [])

    def test_who_may_not_see_the_place_gets_no_link(self):
        deal = self.deal()
        self.offer(deal).action_confirm()
        deal = self.by(self.user("auditor", self.store_a1), deal)
        may_read = deal.order_id.has_access("read")
        self.assertEqual(bool(deal.dms_blockers[0]["action"]), may_read)

    def test_a_step_that_needs_all_names_all_that_is_missing(self):
        deal = self.deal()
        with self.assertRaisesRegex(UserError, "No offer names a car yet"):
            deal._dms_check_nothing_missing()

    def test_the_words_are_those_of_the_reader(self):
        deal = self.deal().with_context(lang="zh_CN")
        self.assertEqual(deal.dms_blockers[0]["text"], "还没有报价选定车辆。")
