"""What a used car does to the books, to the cent: bought, settled, sold."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestTradeInBooks(TradeInCommon):
    @classmethod
    def sold(cls, one, price=80_000):
        """Return the posted invoice of the used car of an appraisal, sold on."""
        car = one.vehicle_id
        order = cls.variant(vehicle=car, product=car.product_id)
        order.dms_desk_line(order._dms_car_line().id, price=price)
        for line in order.order_line - order._dms_car_line():
            order.dms_desk_remove(line.id)
        order.sudo().action_confirm()
        order.sudo().picking_ids.button_validate()
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        return invoice

    def balance(self, partner, kind):
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", partner.id),
                ("account_id.account_type", "=", kind),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.store_a1.id),
            ]
        )
        return sum(lines.mapped("balance"))

    def test_a_purchase_from_a_private_owner_bears_no_vat(self):
        bill = self.billed().sudo().bill_id
        self.assertEqual((bill.amount_total, bill.amount_tax), (80_000, 0))
        self.assertEqual(bill.partner_id, self.owner)
        self.assertEqual(bill.ref[:4], "2699")
        self.assertEqual(bill.partner_bank_id, self.account)

    def test_a_bill_needs_the_number_of_its_reverse_invoice(self):
        one = self.by(self.accountant, self.in_stock())
        with self.assertRaisesRegex(UserError, "reverse invoice"):
            one.action_bill()

    def test_a_bill_is_entered_once(self):
        one = self.by(self.accountant, self.billed())
        bill = one.bill_id
        one.action_bill()
        self.assertEqual(one.bill_id, bill)
        self.assertEqual(len(one.sudo().purchase_id.invoice_ids), 1)

    def test_80000_with_vat_are_79601_99_and_398_01(self):
        one = self.billed(price=70_000)
        invoice = self.sold(one)
        amounts = invoice.amount_untaxed, invoice.amount_tax, invoice.amount_total
        self.assertEqual(amounts, (79_601.99, 398.01, 80_000))
        tax = invoice.line_ids.filtered("tax_line_id")
        self.assertEqual(tax.balance, -398.01)
        self.assertEqual(tax.account_id.code[:4], "2221")

    def test_what_the_car_cost_leaves_with_it(self):
        invoice = self.sold(self.billed(price=70_000))
        cost = invoice.line_ids.filtered(
            lambda line: line.display_type == "cogs" and line.balance > 0
        )
        self.assertEqual(cost.balance, 70_000)
        deal = invoice.invoice_line_ids.sale_line_ids.order_id.dms_deal_id
        self.assertEqual(float(deal._dms_posted_gross()["car"]), 9_601.99)

    def test_a_used_car_costs_what_is_asked_for_it(self):
        one = self.in_stock(market=90_000)
        car = one.vehicle_id
        order = self.variant(vehicle=car, product=car.product_id)
        line = order._dms_car_line()
        self.assertEqual(line.price_total, 90_000)
        self.assertTrue(line.tax_ids.dms_is_used_cars)

    def test_a_new_car_keeps_its_own_vat(self):
        [car] = self.receive(self.store_a1)
        line = self.variant(vehicle=car, product=car.product_id)._dms_car_line()
        self.assertEqual(line.tax_ids, self.vat)

    def test_without_a_rate_for_the_day_nothing_is_offered(self):
        car = self.in_stock().vehicle_id
        deal = self.deal()
        with self.assertRaisesRegex(UserError, "No VAT rate for used cars"):
            self.offer(deal, car=car, price=80_000, date_order="2031-01-01 08:00:00")

    def test_each_store_has_the_tax_of_the_rule_once(self):
        charts = self.env["account.chart.template"]
        charts._dms_prepare_used_cars(self.store_a1)
        taxes = self.env["account.tax"].search(
            [("company_id", "=", self.store_a1.id), ("dms_is_used_cars", "=", True)]
        )
        self.assertEqual(taxes.mapped("amount"), [0.5])

    # Settlement

    def test_the_lender_gets_the_old_loan_and_the_owner_the_rest(self):
        one = self.accepted()
        one.write(
            {
                "lender_id": self.old_lender.id,
                "payoff": 30_000,
                "payoff_letter": b"aGk=",
            }
        )
        one = self.settled(one)
        self.assertEqual(self.balance(self.old_lender, "liability_payable"), -30_000)
        self.assertEqual(self.balance(self.owner, "liability_payable"), -50_000)
        self.assertEqual(one.bill_id.amount_residual, 50_000)

    def settled(self, one):
        manager, books = self.by(self.manager, one), self.by(self.accountant, one)
        manager.action_buy()
        manager.action_receive()
        books.reverse_number = f"2699{one.id:016d}"
        books.action_bill()
        books.bill_id.action_post()
        books.action_settle()
        return books

    def test_nothing_to_settle_is_said_so(self):
        one = self.by(self.accountant, self.billed())
        with self.assertRaisesRegex(UserError, "pay the bill to the owner"):
            one.action_settle()

    def test_taken_in_trade_it_stands_for_its_value_and_the_deal_bears_the_rest(self):
        deal = self.deal(partner=self.owner)
        order = self.variant(deal=deal)
        one = self.traded_in(deal, price=80_000, value=75_000)
        order.sudo().action_confirm()
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        total = invoice.amount_total
        books = self.settled(one)
        self.assertEqual(one.vehicle_id._dms_cost(), 75_000)
        self.assertEqual(books.bill_id.amount_total, 80_000)
        self.assertEqual(books.bill_id.amount_residual, 0)
        self.assertAlmostEqual(invoice.amount_residual, total - 80_000, 2)
        self.assertEqual(self.balance(self.owner, "liability_payable"), 0)
        self.assertAlmostEqual(
            self.balance(self.owner, "asset_receivable"), total - 80_000, 2
        )
        with self.assertRaisesRegex(UserError, "is settled"):
            books.action_settle()

    def traded_in(self, deal, **values):
        one = self.valued(deal_id=deal.id, **values)
        self.by(self.director, one).action_approve()
        one.action_offer()
        one.action_accept()
        one.write({"title_number": "31", "has_licence": True, "keys_count": 1})
        return one
