"""Transport, PDI and accessories: each car carries its own."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.dms_vehicle.tests.common import new_vin

from .common import FloorplanCommon

GOODS, COGS = "1405", "5401"


@tagged("post_install", "-at_install")
class TestLandedCost(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pdi = cls.env.ref("dms_finance.product_pdi")
        cls.transport = cls.env.ref("dms_vehicle.product_transport")

    def prepare(self, product, amount, account=None):
        account = account or self.line.expense_account_id
        return Command.create(
            {
                "product_id": product.id,
                "price_unit": amount,
                "split_method": "equal",
                "account_id": account.id,
            }
        )

    def put_on(self, cars, amount=600, role=None, store=None, **vals):
        """Put costs on cars; return the document."""
        env = self.in_store(store or self.store_a1, role)
        cost = env["stock.landed.cost"].create(
            {
                "target_model": "vehicle",
                "dms_vehicle_ids": cars.ids,
                "cost_lines": [self.prepare(self.pdi, amount)],
                **vals,
            }
        )
        cost.button_validate()
        return cost

    def booked(self, cost):
        return {
            line.account_id.code[:4]: line.balance
            for line in cost.account_move_id.line_ids
            if line.balance > 0
        }

    def invoice(self, car, price=168_900):
        invoice = self.sell(car, price=price)._create_invoices()
        invoice.action_post()
        return invoice

    def test_a_car_carries_its_own_costs_though_others_came_with_it(self):
        one, other = self.receive(self.store_a1, 2, price=150_000)
        cost = self.put_on(one)
        self.assertEqual((one._dms_cost(), other._dms_cost()), (150_600, 150_000))
        self.assertEqual((one.dms_landed_cost, other.dms_landed_cost), (600, 0))
        self.assertEqual(self.booked(cost), {GOODS: 600})

    def test_what_is_put_on_several_cars_is_spread_over_them(self):
        cars = self.receive(self.store_a1, 3, price=150_000)
        self.put_on(cars, 1000)
        costs = sorted(car.dms_landed_cost for car in cars)
        self.assertEqual(costs, [333.33, 333.33, 333.34])

    def test_the_transport_of_a_receipt_is_spread_over_its_cars(self):
        cars = self.receive(self.store_a1, 2, price=150_000)
        receipt = cars.purchase_line_id.order_id.picking_ids
        self.put_on(
            cars.browse(),
            target_model="picking",
            picking_ids=receipt.ids,
            cost_lines=[self.prepare(self.transport, 3000)],
        )
        self.assertEqual([car._dms_cost() for car in cars], [151_500, 151_500])

    def test_costs_add_up(self):
        one, other = self.receive(self.store_a1, 2, price=150_000)
        self.put_on(one | other, 1000)
        self.put_on(one, 600)
        self.put_on(other, 50)
        self.assertEqual((one._dms_cost(), other._dms_cost()), (151_100, 150_550))

    def test_a_bill_that_comes_later_keeps_the_landed_costs(self):
        car = self.receive(self.store_a1, price=150_000)
        self.put_on(car)
        order = car.purchase_line_id.order_id
        order.action_create_invoice()
        order.invoice_ids.invoice_date = "2026-01-05"
        order.invoice_ids.invoice_line_ids.price_unit = 149_000
        order.invoice_ids.action_post()
        self.assertEqual(car._dms_cost(), 149_600)

    def test_the_cost_of_sales_includes_them(self):
        car = self.receive(self.store_a1, price=150_000)
        self.put_on(car)
        lines = self.invoice(car).line_ids.filtered(lambda i: i.display_type == "cogs")
        self.assertEqual(sum(lines.mapped("debit")), 150_600)

    def test_costs_after_the_sale_are_cost_of_sales(self):
        car = self.receive(self.store_a1, price=150_000)
        self.invoice(car)
        self.assertEqual(self.booked(self.put_on(car)), {COGS: 600})
        self.assertEqual(car.dms_landed_cost, 600)

    def test_the_margin_before_rebates(self):
        car = self.receive(self.store_a1, price=150_000)
        self.put_on(car)
        self.assertEqual(car.dms_margin, 0, "not sold yet")
        sale = self.sell(car, price=168_900)
        untaxed = sale.amount_untaxed
        self.assertAlmostEqual(car.dms_margin, untaxed - 150_600, 2)
        sale._create_invoices().action_post()
        self.assertAlmostEqual(car.dms_margin, untaxed - 150_600, 2)

    def test_a_credit_note_lowers_the_margin(self):
        car = self.receive(self.store_a1, price=150_000)
        invoice = self.invoice(car)
        credit = invoice._reverse_moves()
        credit.invoice_line_ids.price_unit = 1130
        credit.action_post()
        sold = invoice.amount_untaxed - credit.amount_untaxed
        self.assertAlmostEqual(car.dms_sale_amount, sold, 2)

    def test_a_car_on_its_way_is_refused(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        with self.assertRaises(UserError):
            self.put_on(car)

    def test_one_car_that_is_missing_is_named(self):
        here = self.receive(self.store_a1)
        coming = self.announce(self.order(self.store_a1), new_vin())
        with self.assertRaisesRegex(UserError, f"{coming.vin}: .*has not received"):
            self.put_on(here | coming)

    def test_transfers_of_another_store_are_refused(self):
        foreign = self.receive(self.store_a2).purchase_line_id.order_id.picking_ids
        cost = self.in_store(self.store_a1)["stock.landed.cost"].create(
            {
                "picking_ids": foreign.ids,
                "cost_lines": [self.prepare(self.transport, 3000)],
            }
        )
        for press in (cost.compute_landed_cost, cost.button_validate):
            with self.assertRaisesRegex(UserError, "not a transfer of"):
                press()

    def test_an_accountant_puts_costs_on_cars(self):
        car = self.receive(self.store_a1, price=150_000)
        env = self.in_store(self.store_a1, "accountant")
        action = env.ref("dms_finance.stock_landed_cost_action_vehicle").sudo()
        self.assertIn("default_dms_vehicle_ids", action.context)
        context = {
            "default_target_model": "vehicle",
            "default_dms_vehicle_ids": car.ids,
        }
        with Form(env["stock.landed.cost"].with_context(**context)) as form:
            with form.cost_lines.new() as line:
                line.product_id = self.pdi
                line.price_unit = 600
                line.account_id = self.line.expense_account_id
        form.record.button_validate()
        self.assertEqual(car._dms_cost(), 150_600)
        self.assertEqual(form.record.account_move_id.state, "posted")

    def test_nobody_else_of_the_store_puts_costs_on_cars(self):
        car = self.receive(self.store_a1)
        for role in ("sales_manager", "fi_officer", "auditor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.put_on(car, role=role)

    def test_another_store_does_not_see_them(self):
        cost = self.put_on(self.receive(self.store_a1))
        env = self.in_store(self.store_a2, "accountant")
        for records in (cost, cost.cost_lines, cost.valuation_adjustment_lines):
            with self.subTest(model=records._name):
                found = env[records._name].search([("id", "in", records.ids)])
                self.assertFalse(found)
                with self.assertRaises(AccessError):
                    records.with_env(env).read(["id"])

    def test_a_consultant_sees_no_margin(self):
        fields = self.in_store(self.store_a1, "sales_consultant")["dms.vehicle"]
        for name in ("dms_margin", "dms_total_cost", "dms_landed_cost"):
            self.assertNotIn(name, fields.fields_get())

    def test_a_sales_manager_sees_the_margin(self):
        car = self.receive(self.store_a1, price=150_000)
        self.sell(car)
        car = car.with_env(self.in_store(self.store_a1, "sales_manager"))
        self.assertEqual(car.dms_total_cost, 150_000)
        self.assertTrue(car.dms_margin)
