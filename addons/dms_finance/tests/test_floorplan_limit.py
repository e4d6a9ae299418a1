"""A lender never risks more than agreed, whoever asks first."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.common import new_vin

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanLimit(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.white.supplier_taxes_id = False
        cls.line.limit_amount = 300_000

    def draft(self, price=200_000, count=1, role=None, line=None):
        item = {"product_id": self.white.id, "product_qty": count, "price_unit": price}
        orders = self.in_store(self.store_a1, role)["purchase.order"]
        return orders.create(
            {
                "partner_id": self.oem.id,
                "dms_floorplan_line_id": (line or self.line).id,
                "order_line": [Command.create(item)],
            }
        )

    def test_an_order_over_the_limit_is_refused_with_the_figures(self):
        self.draft().button_confirm()
        second = self.draft(150_000)
        with self.assertRaises(UserError) as caught:
            second.button_confirm()
        for figure in ("300,000.00", "200,000.00", "150,000.00", "50,000.00"):
            self.assertIn(figure, str(caught.exception))

    def test_the_refusal_speaks_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        order = self.draft(400_000).with_context(lang="zh_CN")
        with self.assertRaisesRegex(UserError, "额度"):
            order.button_confirm()

    def test_exactly_the_limit_is_granted(self):
        self.draft(300_000).button_confirm()
        self.assertEqual(self.line.available, 0)

    def test_a_request_for_quotation_reserves_nothing(self):
        self.draft()
        self.assertEqual(self.line.reserved, 0)

    def test_a_cancelled_order_gives_back_what_it_reserved(self):
        order = self.draft()
        order.button_confirm()
        order.button_cancel()
        self.assertEqual(self.line.available, 300_000)

    def test_a_confirmed_order_cannot_grow_over_the_limit(self):
        order = self.draft()
        order.button_confirm()
        with self.assertRaises(UserError):
            order.order_line = [
                Command.update(order.order_line.id, {"price_unit": 350_000})
            ]

    def test_a_line_of_a_confirmed_order_cannot_grow_over_the_limit(self):
        order = self.draft()
        order.button_confirm()
        with self.assertRaises(UserError):
            order.order_line.product_qty = 2

    def test_a_confirmed_order_cannot_choose_a_line_that_is_not_enough(self):
        order = self.draft()
        order.dms_floorplan_line_id = False
        order.button_confirm()
        self.line.limit_amount = 100_000
        with self.assertRaises(UserError):
            order.dms_floorplan_line_id = self.line

    def test_a_deposit_stretches_the_limit(self):
        line = self.bill_line(limit_amount=160_000)
        self.draft(200_000, line=line).button_confirm()
        self.assertEqual(line.reserved, 160_000)

    def test_a_drawing_over_the_limit_is_refused(self):
        cars = self.receive(self.store_a1, 2)
        with self.assertRaises(UserError):
            self.draw(cars)

    def test_a_drawing_takes_over_what_its_order_reserved(self):
        order = self.draft()
        order.button_confirm()
        self.announce(order, new_vin())
        order.action_create_invoice()
        order.invoice_ids.invoice_date = "2026-01-05"
        order.invoice_ids.invoice_line_ids.quantity = 1
        order.invoice_ids.action_post()
        self.assertEqual((self.line.used, self.line.reserved), (200_000, 0))

    def test_what_is_paid_back_is_available_again(self):
        contract = self.draw(self.receive(self.store_a1))
        self.pay(contract, "2026-02-01", "all")
        self.assertEqual(self.line.available, 300_000)

    def test_a_buyer_without_rights_on_the_books_is_held_to_it(self):
        order = self.draft(400_000, role="parts_clerk")
        with self.assertRaises(UserError):
            order.button_confirm()
