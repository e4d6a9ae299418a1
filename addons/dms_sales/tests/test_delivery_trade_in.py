from odoo.tests import tagged

from .handover_common import HandoverCommon
from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestDeliveryTradeIn(HandoverCommon, TradeInCommon):
    """The new car waits until the old one is the store's and set off."""

    def setUp(self):
        super().setUp()
        [car] = self.receive(self.store_a1)
        self.new = self.deal(partner=self.owner)
        self.order = self.variant(vehicle=car, product=car.product_id, deal=self.new)

    def item(self):
        items = self.new.sudo().delivery_ids.item_ids
        return items.filtered(lambda one: one.kind == "trade_in")

    def accept(self):
        one = self.offered(deal_id=self.new.id)
        one.action_accept()
        one.write({"title_number": "31", "has_licence": True, "keys_count": 1})
        self.order.sudo().action_confirm()
        return one

    def test_without_an_old_car_nothing_is_needed(self):
        self.order.sudo().action_confirm()
        self.assertEqual(self.item().state, "not_needed")

    def test_an_accepted_offer_is_not_yet_a_purchase(self):
        one = self.accept()
        self.assertEqual(self.item().state, "open")
        self.assertIn(one.name, self.item().missing)
        self.assertIn("trade_in", self.codes(self.new))

    def test_bought_and_set_off_it_is_done(self):
        one = self.accept()
        self.invoice(self.new)
        manager, books = self.by(self.manager, one), self.by(self.accountant, one)
        manager.action_buy()
        manager.action_receive()
        books.reverse_number = "2699" + "1" * 16
        books.action_bill()
        books.bill_id.action_post()
        self.assertEqual(self.item().state, "open")
        books.action_settle()
        self.item().invalidate_recordset()
        self.assertEqual(self.item().state, "done")

    def test_a_car_typed_in_by_hand_shows_in_what_is_owed(self):
        self.order.dms_desk_trade_in({"name": "Old", "allowance": 50_000})
        self.order.sudo().action_confirm()
        self.assertEqual(self.item().state, "done")
        move = self.invoice(self.new)
        text, _place = self.new.sudo().delivery_ids._dms_missing_money()
        self.assertIn(move.name, text)
