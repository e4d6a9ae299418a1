"""Cars between places of a store, and between stores: one is a sale, one is not."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import VehicleCommon, new_vin

GOODS, COGS, SALES = "1405", "5401", "5001"
RECEIVABLE, PAYABLE, TAX = "1122", "2202", "2221"


class TransferCommon(VehicleCommon):
    with_chart = True

    def to_store(self, cars, store, **prices):
        """Sell cars to another store; return the sale order."""
        wizard = cars.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": cars.ids, "to_store_id": store.partner_id.id}
        )
        for car, price in zip(cars, prices.get("prices", ()), strict=False):
            line = wizard.line_ids.filtered(lambda one, car=car: one.vehicle_id == car)
            line.price = price
        return cars.env["sale.order"].browse(wizard.action_transfer()["res_id"])

    def purchase(self, sale):
        """The other side of the sale, as the buying store sees it."""
        buyer = self.in_store(sale.sudo().dms_counterpart_purchase_id.company_id)
        return sale.sudo().dms_counterpart_purchase_id.with_env(buyer)

    def ship(self, sale):
        sale.picking_ids.filtered(lambda p: p.state == "assigned").button_validate()

    def take_in(self, sale):
        receipts = self.purchase(sale).picking_ids
        receipts.filtered(lambda p: p.state == "assigned").button_validate()

    def booked(self, moves):
        """Balances of entries by account code."""
        totals = {}
        for line in moves.line_ids:
            code = line.account_id.with_company(line.company_id).code[:4]
            totals[code] = round(totals.get(code, 0) + line.balance, 2)
        return totals


@tagged("post_install", "-at_install")
class TestTransferInside(VehicleCommon):
    def wizard(self, cars, role="sales_manager", **values):
        env = self.in_store(self.store_a1, role)
        wizards = env["dms.vehicle.transfer"].with_context(
            active_model="dms.vehicle", active_ids=cars.ids
        )
        return wizards.create(values)

    def test_cars_move_to_another_place(self):
        cars = self.receive(self.store_a1, 2)
        yard = cars.location_id.copy({"name": "Yard"})
        action = self.wizard(cars, location_id=yard.id).action_transfer()
        self.assertEqual(cars.location_id, yard)
        picking = self.env["stock.picking"].browse(action["res_id"])
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id, cars.lot_id)

    def test_form_proposes_the_own_store(self):
        car = self.receive(self.store_a1)
        env = self.in_store(self.store_a1, "sales_manager")
        form = Form(
            env["dms.vehicle.transfer"].with_context(
                active_model="dms.vehicle", active_ids=car.ids
            )
        )
        self.assertEqual(form.to_store_id, self.store_a1.partner_id)
        self.assertTrue(form.is_internal)

    def test_a_place_must_be_chosen(self):
        wizard = self.wizard(self.receive(self.store_a1))
        with self.assertRaisesRegex(UserError, "Choose the location"):
            wizard.action_transfer()

    def test_allocated_sold_and_coming_cars_are_refused(self):
        order = self.order(self.store_a1)
        coming = self.announce(order, new_vin())
        allocated = self.receive(self.store_a1)
        self.sell(allocated)
        for car in (coming, allocated):
            wizard = self.wizard(car)
            with self.assertRaisesRegex(UserError, f"Only cars in stock.*{car.vin}"):
                wizard.action_transfer()

    def test_cars_of_two_stores_are_refused(self):
        both = (self.store_a1 | self.store_a2).ids
        cars = self.receive(self.store_a1) | self.receive(self.store_a2)
        wizard = (
            self.env["dms.vehicle.transfer"]
            .with_context(allowed_company_ids=both)
            .create({"vehicle_ids": cars.ids})
        )
        with self.assertRaisesRegex(UserError, "one store at a time"):
            wizard.action_transfer()

    def test_only_managers_transfer(self):
        car = self.receive(self.store_a1)
        for role in ("sales_consultant", "service_advisor", "technician"):
            with self.assertRaises(AccessError):
                self.wizard(car, role)


@tagged("post_install", "-at_install")
class TestTransferToStore(TransferCommon):
    def test_one_confirmation_makes_both_orders(self):
        car = self.receive(self.store_a1)
        sale = self.to_store(car, self.store_a2, prices=[151_200])
        purchase = self.purchase(sale)
        self.assertRecordValues(
            purchase,
            [
                {
                    "state": "purchase",
                    "company_id": self.store_a2.id,
                    "partner_id": self.store_a1.partner_id.id,
                    "partner_ref": sale.name,
                    "amount_untaxed": 151_200,
                }
            ],
        )
        self.assertEqual(sale.state, "sale")
        self.assertEqual(car.state, "allocated")

    def test_the_price_proposed_is_the_cost(self):
        car = self.receive(self.store_a1, price=150_000)
        sale = self.to_store(car, self.store_a2)
        self.assertEqual(sale.amount_untaxed, 150_000)

    def test_the_sales_manager_of_one_store_needs_no_rights_in_the_other(self):
        car = self.receive(self.store_a1)
        manager = self.in_store(self.store_a1, "sales_manager")
        sale = self.to_store(car.with_env(manager), self.store_a2)
        self.ship(sale)
        self.assertEqual(car.state, "in_transit")
        buyer = self.in_store(self.store_a2, "sales_manager")
        receipt = self.purchase(sale).picking_ids.with_env(buyer)
        receipt.button_validate()
        self.assertRecordValues(
            car, [{"state": "in_stock", "company_id": self.store_a2.id}]
        )
        with self.assertRaises(AccessError):
            car.with_env(manager).check_access("read")

    def test_the_car_in_between_is_on_its_way_and_belongs_to_the_seller(self):
        car = self.receive(self.store_a1)
        sale = self.to_store(car, self.store_a2)
        self.ship(sale)
        self.assertRecordValues(
            car, [{"state": "in_transit", "company_id": self.store_a1.id}]
        )
        with self.assertRaisesRegex(UserError, "Test store A1 holds it"):
            self.announce_by_hand(self.store_b1, car.vin)

    def announce_by_hand(self, store, vin):
        order = self.order(store)
        order.picking_ids.move_line_ids.lot_name = vin
        order.picking_ids.button_validate()

    def test_both_ledgers_to_the_cent(self):
        car = self.receive(self.store_a1, price=150_000.01)
        sale = self.to_store(car, self.store_a2, prices=[151_200.34])
        self.ship(sale)
        self.take_in(sale)
        invoice = sale._create_invoices()
        invoice.action_post()
        bill = self.purchase(sale).invoice_ids
        self.assertRecordValues(
            bill,
            [
                {
                    "state": "draft",
                    "ref": invoice.name,
                    "invoice_date": invoice.invoice_date,
                    "amount_total": invoice.amount_total,
                }
            ],
        )
        bill.action_post()
        tax = round(151_200.34 * 0.13, 2)
        self.assertEqual(
            self.booked(invoice),
            {
                SALES: -151_200.34,
                TAX: -tax,
                RECEIVABLE: round(151_200.34 + tax, 2),
                GOODS: -150_000.01,
                COGS: 150_000.01,
            },
        )
        self.assertEqual(
            self.booked(bill),
            {GOODS: 151_200.34, TAX: tax, PAYABLE: -round(151_200.34 + tax, 2)},
        )
        self.assertEqual(car._dms_cost(), 151_200.34)

    def test_each_car_arrives_at_its_own_price(self):
        cars = self.receive(self.store_a1, 3)
        prices = [151_000, 152_000, 153_000]
        sale = self.to_store(cars, self.store_a2, prices=prices)
        self.ship(sale)
        self.take_in(sale)
        arrived = [car._dms_cost() for car in cars]
        self.assertEqual(arrived, prices)

    def test_equal_cars_to_two_stores_are_never_mixed_up(self):
        group_b_store = self.store_b1
        group_b_store.dms_group_id = self.group_a
        cars = self.receive(self.store_a1, 4)
        mine, yours = cars[0] | cars[2], cars[1] | cars[3]
        to_a2 = self.to_store(mine, self.store_a2)
        to_b1 = self.to_store(yours, group_b_store)
        self.ship(to_b1)
        self.ship(to_a2)
        for sale, bought in ((to_a2, mine), (to_b1, yours)):
            lines = self.purchase(sale).picking_ids.move_line_ids
            self.assertEqual(lines.lot_id.sorted(), bought.lot_id.sorted())
            self.take_in(sale)
        self.assertEqual(mine.company_id, self.store_a2)
        self.assertEqual(yours.company_id, group_b_store)

    def test_nothing_is_received_before_it_is_shipped(self):
        self.receive(self.store_a1, 2)
        car = self.receive(self.store_a1)
        sale = self.to_store(car, self.store_a2)
        receipt = self.purchase(sale).picking_ids
        receipt.action_assign()
        self.assertFalse(receipt.move_line_ids.lot_id)

    def test_a_car_shipped_to_another_store_cannot_be_received(self):
        self.store_b1.dms_group_id = self.group_a
        mine, other = self.receive(self.store_a1, 2)
        sale = self.to_store(mine, self.store_a2)
        self.ship(sale)
        self.ship(self.to_store(other, self.store_b1))
        receipt = self.purchase(sale).picking_ids
        receipt.move_line_ids.lot_id = other.lot_id
        with self.assertRaisesRegex(
            UserError, f"Test store A1 has not shipped {other.vin}"
        ):
            receipt.button_validate()

    def test_cars_shipped_in_two_loads(self):
        first, second = cars = self.receive(self.store_a1, 2)
        sale = self.to_store(cars, self.store_a2)
        delivery = sale.picking_ids
        line = delivery.move_line_ids.filtered(lambda one: one.lot_id == second.lot_id)
        line.unlink()
        delivery.with_context(skip_backorder=True).button_validate()
        receipt = self.purchase(sale).picking_ids
        self.assertEqual(receipt.move_line_ids.lot_id, first.lot_id)
        receipt.with_context(skip_backorder=True).button_validate()
        self.assertEqual(cars.mapped("state"), ["in_stock", "allocated"])
        sale.picking_ids.action_assign()
        self.ship(sale)
        self.take_in(sale)
        self.assertEqual(cars.company_id, self.store_a2)

    # Bills

    def test_the_bill_is_drafted_although_the_car_is_still_on_its_way(self):
        sale = self.to_store(self.receive(self.store_a1), self.store_a2)
        invoice = self._invoice_now(sale)
        bill = self.purchase(sale).invoice_ids
        self.assertEqual(
            (bill.state, bill.amount_total), ("draft", invoice.amount_total)
        )

    def test_the_bill_is_drafted_exactly_once(self):
        sale = self.to_store(self.receive(self.store_a1), self.store_a2)
        invoice = self._invoice_now(sale)
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(len(self.purchase(sale).invoice_ids), 1)

    def test_a_bill_entered_by_the_buyer_is_not_doubled(self):
        sale = self.to_store(self.receive(self.store_a1), self.store_a2)
        self.ship(sale)
        self.take_in(sale)
        purchase = self.purchase(sale)
        purchase.action_create_invoice()
        self._invoice_now(sale)
        self.assertEqual(len(purchase.invoice_ids), 1)

    def test_an_invoice_per_car_drafts_a_bill_per_car(self):
        cars = self.receive(self.store_a1, 2)
        sale = self.to_store(cars, self.store_a2, prices=[151_000, 152_000])
        for line in sale.order_line:
            self._invoice_line(sale, line).action_post()
        bills = self.purchase(sale).invoice_ids
        self.assertEqual(sorted(bills.mapped("amount_untaxed")), [151_000, 152_000])

    def _invoice_line(self, sale, line):
        values = sale._prepare_invoice()
        values["invoice_line_ids"] = [(0, 0, line._prepare_invoice_line(quantity=1))]
        return sale.env["account.move"].create(values)

    def _invoice_now(self, sale):
        invoice = self._invoice_line(sale, sale.order_line)
        invoice.action_post()
        return invoice

    def test_a_credit_note_drafts_no_bill(self):
        sale = self.to_store(self.receive(self.store_a1), self.store_a2)
        invoice = self._invoice_now(sale)
        invoice._reverse_moves()
        self.assertEqual(len(self.purchase(sale).invoice_ids), 1)

    # Refusals

    def test_a_store_of_another_group_is_refused(self):
        car = self.receive(self.store_a1)
        with self.assertRaisesRegex(UserError, "not a store of this dealer group"):
            self.to_store(car, self.store_b1)

    def test_promised_and_coming_cars_are_refused(self):
        car = self.receive(self.store_a1)
        self.sell(car)
        with self.assertRaisesRegex(UserError, "Only cars in stock"):
            self.to_store(car, self.store_a2)

    def test_the_seller_cancels_both_orders(self):
        car = self.receive(self.store_a1)
        sale = self.to_store(car, self.store_a2)
        sale._action_cancel()
        purchase = self.purchase(sale)
        self.assertEqual(purchase.state, "cancel")
        self.assertEqual(purchase.picking_ids.state, "cancel")
        self.assertEqual(car.state, "in_stock")
