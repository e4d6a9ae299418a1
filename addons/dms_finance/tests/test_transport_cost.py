"""What a carrier bills for a transfer is borne by its cars, at the store that pays."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.test_transport import TransportCommon

GOODS, COGS = "1405", "5401"


class TransportCostCommon(TransportCommon):
    with_chart = True

    def setUp(self):
        super().setUp()
        self.cars = self.receive(self.store_a1, price=150_000.01)
        self.cars |= self.receive(self.store_a1, price=148_000.55)
        self.cars = self.cars.sorted("id")

    def transfer(self, payer, cost=1000.01):
        """Return a request and its transport, loaded and under way."""
        request = self.approved(*self.cars)
        side = self.giver if payer == self.store_a1 else self.asker
        action = side(request, "parts_clerk").action_transport()
        order = self.env["dms.transport.order"].browse(action["res_id"])
        order = order.with_env(self.in_store(payer, "parts_clerk"))
        order.write({"carrier_id": self.carrier.id, "cost": cost})
        self.giver(request).action_order()
        here = order.with_env(self.in_store(self.store_a1, "parts_clerk"))
        here.action_all_fine()
        here.action_load()
        here.action_depart()
        self.giver(request, "parts_clerk").action_ship()
        return request, order

    def arrive(self, order):
        there = self.there(order)
        there.action_all_fine()
        there.action_arrive()
        return self.bill_of(order)

    def bill_of(self, order):
        """The carrier's bill as the accountant of the paying store has it."""
        store = order.sudo().company_id
        bill = order.sudo().bill_id.with_env(self.in_store(store, "accountant"))
        bill.invoice_date = bill.invoice_date or "2026-11-30"
        return bill

    def brought(self, payer, **vals):
        """Return request, transport and posted bill of cars that have come."""
        request, order = self.transfer(payer, **vals)
        self.asker(request, "parts_clerk").action_receive()
        bill = self.arrive(order)
        bill.action_post()
        return request, order, bill

    def costs(self, order):
        return self.env["stock.landed.cost"].search(
            [("vendor_bill_id", "=", order.sudo().bill_id.id)]
        )

    def balance(self, store, account):
        """What stands on accounts of a store whose code begins so."""
        self.env.flush_all()
        # an account has a number in each store
        lines = self.in_store(store)["account.move.line"]
        ((balance,),) = lines._read_group(
            [
                ("company_id", "=", store.id),
                ("parent_state", "=", "posted"),
                ("account_id.code", "=like", f"{account}%"),
            ],
            [],
            ["balance:sum"],
        )
        return round(balance, 2)

    def on_cars(self):
        self.env.invalidate_all()
        return [round(car.dms_landed_cost, 2) for car in self.cars]


@tagged("post_install", "-at_install")
class TestReceiverPays(TransportCostCommon):
    def test_its_cars_have_cost_more_each_its_share_to_the_cent(self):
        request, order = self.transfer(self.store_a2)
        self.asker(request, "parts_clerk").action_receive()
        before = self.balance(self.store_a2, GOODS)
        self.arrive(order).action_post()
        self.assertEqual(self.on_cars(), [500.01, 500.0])
        self.assertEqual(
            [car._dms_cost() for car in self.cars], [150_500.02, 148_500.55]
        )
        costs = self.costs(order).with_env(self.in_store(self.store_a2))
        lines = costs.account_move_id.line_ids
        self.assertEqual(lines.company_id, self.store_a2)
        stock = lines.filtered(lambda line: line.account_id.code[:4] == GOODS)
        self.assertEqual(sum(stock.mapped("balance")), 1000.01)
        self.assertEqual(self.balance(self.store_a2, GOODS), before + 1000.01)

    def test_nothing_is_left_where_the_bill_was_booked(self):
        _request, order, bill = self.brought(self.store_a2)
        account = bill.invoice_line_ids.account_id
        lines = bill.line_ids | self.costs(order).sudo().account_move_id.line_ids
        booked = lines.filtered(lambda line: line.account_id == account)
        self.assertEqual(sum(booked.mapped("balance")), 0)

    def test_the_giving_store_has_none_of_it(self):
        request, order = self.transfer(self.store_a2)
        self.asker(request, "parts_clerk").action_receive()
        self.giver(request, "accountant").action_invoice()
        before = {code: self.balance(self.store_a1, code) for code in (GOODS, COGS)}
        self.arrive(order).action_post()
        after = {code: self.balance(self.store_a1, code) for code in (GOODS, COGS)}
        self.assertEqual(after, before)
        self.assertTrue(after[COGS])

    def test_once(self):
        _request, order, bill = self.brought(self.store_a2)
        order.sudo()._dms_land()
        self.assertEqual(self.on_cars(), [500.01, 500.0])
        self.assertFalse(bill.sudo().landed_costs_visible)

    def test_reset_and_posted_anew_at_another_amount(self):
        _request, order, bill = self.brought(self.store_a2)
        bill.button_draft()
        self.assertEqual(self.on_cars(), [0, 0])
        bill.invoice_line_ids.price_unit = 1200
        bill.action_post()
        self.assertEqual(self.on_cars(), [600, 600])
        bill.button_draft()
        bill.action_post()
        self.assertEqual(self.on_cars(), [600, 600])

    def test_a_cancelled_bill_takes_it_back(self):
        _request, order, bill = self.brought(self.store_a2)
        bill.button_draft()
        bill.button_cancel()
        self.assertEqual(self.on_cars(), [0, 0])
        self.assertEqual(
            [car._dms_cost() for car in self.cars], [150_000.01, 148_000.55]
        )
        booked = self.costs(order).account_move_id.line_ids
        for lines in booked.grouped("account_id").values():
            self.assertAlmostEqual(sum(lines.mapped("balance")), 0, 2)

    def test_a_credit_note_takes_it_back_too(self):
        _request, order, bill = self.brought(self.store_a2)
        bill._reverse_moves([{"invoice_date": "2026-11-30"}], cancel=True)
        self.assertEqual(self.on_cars(), [0, 0])

    def test_cars_that_come_after_the_bill_bear_it_when_they_come(self):
        request, order = self.transfer(self.store_a2)
        self.arrive(order).action_post()
        self.assertEqual(self.on_cars(), [0, 0])
        self.assertFalse(self.costs(order))
        self.asker(request, "parts_clerk").action_receive()
        self.assertEqual(self.on_cars(), [500.01, 500.0])

    def test_a_car_sold_meanwhile_has_it_in_its_cost_of_sales(self):
        request, order = self.transfer(self.store_a2)
        self.asker(request, "parts_clerk").action_receive()
        car = self.cars[0].with_env(self.in_store(self.store_a2))
        sale = self.sell(car, price=168_900)
        sale.picking_ids.button_validate()
        sale._create_invoices().action_post()
        before = self.balance(self.store_a2, COGS)
        self.arrive(order).action_post()
        self.assertEqual(round(self.balance(self.store_a2, COGS) - before, 2), 500.01)

    def test_a_cancelled_transfer_leaves_it_with_who_paid_not_on_the_cars(self):
        request, order, bill = self.brought(self.store_a2)
        self.asker(request).ask_undo("customer is gone")
        self.giver(request).agree_to_undo()
        self.assertEqual(self.on_cars(), [0, 0])
        self.assertEqual(
            [car._dms_cost() for car in self.cars], [150_000.01, 148_000.55]
        )
        self.assertEqual(self.balance(self.store_a2, GOODS), 0)
        account = bill.invoice_line_ids.account_id
        account = account.with_env(self.in_store(self.store_a2))
        self.assertEqual(self.balance(self.store_a2, account.code), 1000.01)
        bill.button_draft()
        bill.action_post()
        self.assertEqual(self.on_cars(), [0, 0])

    def test_the_other_store_sees_no_landed_cost(self):
        _request, order, _bill = self.brought(self.store_a2)
        costs = self.costs(order).with_env(self.in_store(self.store_a1, "accountant"))
        self.assertFalse(costs.search([("id", "in", costs.ids)]))
        with self.assertRaises(AccessError):
            costs.read(["amount_total"])


@tagged("post_install", "-at_install")
class TestGiverPays(TransportCostCommon):
    def test_it_is_a_cost_of_its_sale_and_no_stock_of_the_receiver(self):
        request, order = self.transfer(self.store_a1)
        self.asker(request, "parts_clerk").action_receive()
        there = self.balance(self.store_a2, GOODS)
        before = {code: self.balance(self.store_a1, code) for code in (GOODS, COGS)}
        bill = self.arrive(order)
        bill.action_post()
        self.assertEqual(
            round(self.balance(self.store_a1, COGS) - before[COGS], 2), 1000.01
        )
        self.assertEqual(self.balance(self.store_a1, GOODS), before[GOODS])
        self.assertEqual(self.balance(self.store_a2, GOODS), there)
        self.assertEqual(self.on_cars(), [0, 0])
        self.assertEqual(
            [car._dms_cost() for car in self.cars], [150_000.01, 148_000.55]
        )

    def test_once_and_taken_back(self):
        _request, order, bill = self.brought(self.store_a1)
        before = self.balance(self.store_a1, COGS)
        bill.button_draft()
        self.assertEqual(round(self.balance(self.store_a1, COGS) - before, 2), -1000.01)
        bill.action_post()
        self.assertEqual(self.balance(self.store_a1, COGS), before)

    def test_a_cancelled_transfer_leaves_the_cars_as_they_were(self):
        request, order, bill = self.brought(self.store_a1)
        self.asker(request).ask_undo("customer is gone")
        self.giver(request).agree_to_undo()
        self.assertEqual(
            [car._dms_cost() for car in self.cars], [150_000.01, 148_000.55]
        )
        self.assertEqual(self.on_cars(), [0, 0])
        # the truck was paid for nothing, by who ordered it
        self.assertEqual(self.balance(self.store_a1, COGS), 1000.01)

    def test_only_the_giving_side_sees_its_margin(self):
        request, order, _bill = self.brought(self.store_a1)
        line = request.line_ids[0]
        mine = line.with_env(self.in_store(self.store_a1, "accountant"))
        self.assertEqual((mine.own_cost, mine.own_margin), (150_500.02, -500.01))
        theirs = line.with_env(self.in_store(self.store_a2, "accountant"))
        self.assertEqual((theirs.own_cost, theirs.own_margin), (0, 0))
        with self.assertRaises(AccessError):
            line.with_env(self.in_store(self.store_a1, "sales_consultant")).read(
                ["own_margin"]
            )
