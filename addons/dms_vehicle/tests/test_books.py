"""Every car carries its own cost, from its bill to its sale."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import VehicleCommon, new_vin

GOODS, COGS = "1405", "5401"


@tagged("post_install", "-at_install")
class TestBooks(VehicleCommon):
    with_chart = True

    def bill(self, car, price=None):
        order = car.purchase_line_id.order_id
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = "2026-11-23"
        if price:
            bill.invoice_line_ids.price_unit = price
        bill.action_post()
        return bill

    def invoice(self, sale):
        invoice = sale._create_invoices()
        invoice.action_post()
        return invoice

    def cost_of_sale(self, invoice):
        lines = invoice.line_ids.filtered(lambda line: line.display_type == "cogs")
        balances = {line.account_id.code[:4]: line.balance for line in lines}
        self.assertEqual(balances.get(GOODS, 0), -balances.get(COGS, 0))
        return balances.get(COGS, 0)

    def test_a_new_store_values_its_cars_one_by_one(self):
        product = self.white.with_company(self.store_a1)
        self.assertEqual(
            (product.cost_method, product.valuation), ("fifo", "real_time")
        )
        self.assertTrue(product.lot_valuated)
        self.assertEqual(
            product._get_product_accounts()["stock_valuation"].code[:4], GOODS
        )

    def test_a_company_that_joins_a_dealer_group_values_its_cars_so_too(self):
        company = self.env["res.company"].create({"name": "Independent"})
        product = self.white.with_company(company)
        self.assertNotEqual(
            (product.cost_method, product.valuation), ("fifo", "real_time")
        )
        company.dms_group_id = self.group_a
        product.invalidate_recordset()
        self.assertEqual(
            (product.cost_method, product.valuation), ("fifo", "real_time")
        )

    def test_the_cost_is_the_price_of_the_order_until_the_bill(self):
        order = self.order(self.store_a1, price=150_000)
        car = self.announce(order, new_vin())
        self.assertEqual(car._dms_cost(), 150_000, "on its way")
        order.picking_ids.button_validate()
        self.assertEqual(car._dms_cost(), 150_000)

    def test_the_bill_has_the_last_word(self):
        car = self.receive(self.store_a1, price=150_000)
        self.bill(car, price=149_500.55)
        self.assertEqual(car._dms_cost(), 149_500.55)

    def test_an_accountant_without_rights_on_the_stock_posts_the_bill(self):
        car = self.receive(self.store_a1, price=150_000)
        order = car.purchase_line_id.order_id
        order.action_create_invoice()
        accountant = self.in_store(self.store_a1, "accountant")
        bill = order.invoice_ids.with_env(accountant)
        bill.write({"invoice_date": "2026-11-23"})
        bill.invoice_line_ids.price_unit = 140_000
        bill.action_post()
        self.assertEqual(car._dms_cost(), 140_000)

    def test_equal_cars_of_two_orders_keep_two_costs(self):
        cheap = self.receive(self.store_a1, price=140_000)
        dear = self.receive(self.store_a1, price=150_000)
        self.bill(cheap)
        self.bill(dear)
        self.assertEqual((cheap._dms_cost(), dear._dms_cost()), (140_000, 150_000))

    def test_invoiced_after_delivery_it_costs_what_that_car_cost(self):
        cheap = self.receive(self.store_a1, price=140_000)
        dear = self.receive(self.store_a1, price=150_000)
        sale = self.sell(dear)
        sale.picking_ids.button_validate()
        self.assertEqual(self.cost_of_sale(self.invoice(sale)), 150_000)
        self.assertEqual(cheap._dms_cost(), 140_000)

    def test_invoiced_before_delivery_it_costs_what_that_car_cost(self):
        self.receive(self.store_a1, price=140_000)
        dear = self.receive(self.store_a1, price=150_000)
        sale = self.sell(dear)
        invoice = self.invoice(sale)
        self.assertEqual(self.cost_of_sale(invoice), 150_000)
        sale.picking_ids.button_validate()
        self.assertEqual(self.cost_of_sale(invoice), 150_000)
        self.assertEqual(sale.picking_ids.move_ids.value, 150_000)

    def test_invoiced_before_it_arrives_it_costs_what_was_ordered(self):
        self.receive(self.store_a1, price=140_000)
        car = self.announce(self.order(self.store_a1, price=151_000), new_vin())
        self.assertEqual(self.cost_of_sale(self.invoice(self.sell(car))), 151_000)

    def ordered(self, price, **vals):
        """Return a car on its way, of an order with other terms."""
        line = {"product_id": self.white.id, "product_qty": 1, "price_unit": price}
        order = self.in_store(self.store_a1)["purchase.order"].create(
            {"partner_id": self.oem.id, "order_line": [Command.create(line)], **vals}
        )
        order.button_confirm()
        return self.announce(order, new_vin())

    def test_ordered_in_another_currency_it_costs_what_the_books_say(self):
        rate = {"name": "2020-01-01", "rate": 0.2, "company_id": False}
        currency = self.env["res.currency"].create(
            {"name": "TST", "symbol": "T", "rate_ids": [Command.create(rate)]}
        )
        car = self.ordered(30_000, currency_id=currency.id)
        self.assertEqual(car._dms_cost(), 150_000, "on its way")
        car.purchase_line_id.order_id.picking_ids.button_validate()
        self.assertEqual(car._dms_cost(), 150_000)

    def test_a_price_with_tax_is_no_cost(self):
        tax = self.white.with_company(self.store_a1).supplier_taxes_id.filtered(
            lambda tax: tax.company_id == self.store_a1
        )
        tax.price_include_override = "tax_included"
        car = self.ordered(169_500)
        self.assertEqual(car._dms_cost(), 150_000)

    def test_the_credit_note_of_a_returned_car_takes_the_cost_back(self):
        car = self.receive(self.store_a1, price=150_000)
        invoice = self.invoice(self.sell(car))
        credit = invoice._reverse_moves()
        credit.action_post()
        self.assertEqual(self.cost_of_sale(credit), -150_000)

    def test_the_stock_is_worth_the_sum_of_its_cars(self):
        self.receive(self.store_a1, 2, price=140_000)
        gone = self.receive(self.store_a1, price=150_000)
        self.sell(gone).picking_ids.button_validate()
        self.receive(self.store_a2, price=999_999)
        product = self.white.with_company(self.store_a1)
        self.assertEqual(product.total_value, 280_000)
        self.assertEqual(product.standard_price, 140_000)

    def test_costs_are_those_that_odoo_computes_by_itself(self):
        car = self.receive(self.store_a1, price=150_000)
        self.bill(car, price=149_000)
        sale = self.sell(car)
        sale.picking_ids.button_validate()
        lot = car.lot_id.with_company(self.store_a1)
        self.assertEqual(
            car.product_id.with_env(lot.env)._run_avco(lot=lot)[0], 149_000
        )
        self.assertEqual(car._dms_cost(), 149_000)

    def test_values_of_the_past_are_left_to_odoo(self):
        car = self.receive(self.store_a1, price=150_000)
        lot = car.lot_id.with_company(self.store_a1)
        self.assertEqual(lot.total_value, 150_000)
        past = lot.with_context(to_date="2001-01-01")
        self.assertEqual(past.total_value, 0)
        self.sell(car).picking_ids.button_validate()
        lot.invalidate_recordset()
        self.assertEqual(lot.total_value, 0)
