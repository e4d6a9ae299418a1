"""Cancelled at any stage, both ledgers and the stock are as if nothing had been."""

from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .transfer_common import RequestCommon


class CancelCommon(RequestCommon):
    with_chart = True

    def setUp(self):
        super().setUp()
        # equal cars of different cost, which must never be mixed up
        self.cars = self.receive(self.store_a1, price=150_000.01)
        self.cars |= self.receive(self.store_a1, price=148_000.55)
        self.cars = self.cars.sorted("id")
        self.bought = self.cars.purchase_line_id
        self.cars.received_date = "2026-01-05"
        self.start = self.balances()

    def balances(self):
        """Balances by store and account of everything that is posted."""
        self.env.flush_all()
        stores = self.store_a1 | self.store_a2
        groups = self.env["account.move.line"]._read_group(
            [("company_id", "in", stores.ids), ("parent_state", "=", "posted")],
            ["company_id", "account_id"],
            ["balance:sum"],
        )
        found = {(store.id, account.id): sum_ for store, account, sum_ in groups}
        return {key: round(value, 2) for key, value in found.items() if round(value, 2)}

    def assertAsBefore(self, request):
        self.env.invalidate_all()
        self.assertEqual(self.balances(), self.start)
        self.assertRecordValues(
            self.cars,
            [
                {
                    "state": "in_stock",
                    "company_id": self.store_a1.id,
                    "purchase_line_id": line.id,
                    "received_date": self.cars[0].received_date,
                }
                for line in self.bought
            ],
        )
        self.assertEqual(str(self.cars[0].received_date), "2026-01-05")
        self.assertEqual(
            [car._dms_cost() for car in self.cars], [150_000.01, 148_000.55]
        )
        self.assertEqual(request.state, "cancelled")
        self.assertNoneLeft(request.sudo())

    def assertNoneLeft(self, request):
        for store in (self.store_a1, self.store_a2):
            quants = self.env["stock.quant"].search(
                [
                    ("lot_id", "in", self.cars.lot_id.ids),
                    ("company_id", "=", store.id),
                    ("location_id.usage", "=", "internal"),
                    ("quantity", ">", 0),
                ]
            )
            expected = self.cars.lot_id if store == self.store_a1 else quants.lot_id[:0]
            self.assertEqual(quants.lot_id.sorted("id"), expected.sorted("id"))
        orders = request.sale_id, request.purchase_id
        for order in orders:
            self.assertIn(order.state, (False, "cancel"))
            open_ones = order.picking_ids.filtered(
                lambda one: one.state not in ("done", "cancel")
            )
            self.assertFalse(open_ones)
            self.assertFalse(order.invoice_ids.filtered(lambda m: m.state == "draft"))
            posted = order.invoice_ids.filtered(lambda m: m.state == "posted")
            self.assertFalse(any(posted.mapped("amount_residual")))

    def undo(self, request):
        """The asking store wants it, the giving store agrees."""
        self.asker(request).ask_undo("customer is gone")
        self.giver(request).agree_to_undo()


@tagged("post_install", "-at_install")
class TestCancel(CancelCommon):
    def test_draft(self):
        request = self.ask(*self.cars)
        request.action_withdraw()
        self.assertAsBefore(request)

    def test_requested(self):
        request = self.asked(*self.cars)
        request.action_withdraw()
        self.assertAsBefore(request)

    def test_approved(self):
        for side in (self.asker, self.giver):
            request = self.approved(*self.cars)
            side(request).cancel("too far")
            self.assertAsBefore(request)
            self.assertEqual(request.decision_note, "too far")

    def test_ordered(self):
        for side in (self.asker, self.giver):
            request = self.ordered(*self.cars)
            side(request).cancel("too far")
            self.assertAsBefore(request)

    def test_shipped(self):
        request = self.shipped(*self.cars)
        self.undo(request)
        self.assertAsBefore(request)

    def test_received(self):
        request = self.received(*self.cars)
        self.undo(request)
        self.assertAsBefore(request)

    def test_invoiced_by_the_giving_store_only(self):
        request = self.received(*self.cars)
        self.giver(request, "accountant").action_invoice()
        self.undo(request)
        self.assertAsBefore(request)

    def test_invoiced_on_both_sides(self):
        request = self.invoiced(*self.cars)
        self.assertNotEqual(self.balances(), self.start)
        self.undo(request)
        self.assertAsBefore(request)
        moves = (
            request.sudo().sale_id.invoice_ids | request.sudo().purchase_id.invoice_ids
        )
        self.assertEqual(
            sorted(moves.mapped("move_type")),
            ["in_invoice", "in_refund", "out_invoice", "out_refund"],
        )

    def test_invoiced_while_on_its_way(self):
        request = self.shipped(*self.cars)
        self.giver(request, "accountant").action_invoice()
        self.asker(request, "accountant").action_bill()
        self.undo(request)
        self.assertAsBefore(request)

    def test_received_in_two_loads_at_another_price(self):
        request = self.approved(*self.cars)
        request.sudo().line_ids[0].price = 151_000.07
        self.giver(request).action_order()
        delivery = request.sudo().sale_id.picking_ids
        second = self.cars[1].lot_id
        delivery.move_line_ids.filtered(lambda line: line.lot_id == second).unlink()
        self.giver(request).action_ship()
        self.asker(request).action_receive()
        self.giver(request, "accountant").action_invoice()
        request.sudo().sale_id.picking_ids.action_assign()
        self.giver(request).action_ship()
        self.undo_by_giver(request)
        self.assertAsBefore(request)

    def undo_by_giver(self, request):
        self.giver(request).ask_undo("wrong car")
        self.asker(request).agree_to_undo()

    def test_after_it_the_cars_may_be_asked_for_again(self):
        request = self.invoiced(*self.cars)
        self.undo(request)
        again = self.invoiced(*self.cars)
        self.assertEqual(again.state, "invoiced")
        self.assertEqual(self.cars.company_id, self.store_a2)
        self.undo(again)
        self.assertAsBefore(again)

    def test_the_sale_cancelled_by_itself_ends_the_request(self):
        request = self.ordered(*self.cars)
        request.sudo().sale_id._action_cancel()
        self.assertAsBefore(request)


@tagged("post_install", "-at_install")
class TestAgreement(CancelCommon):
    def test_once_cars_have_moved_one_store_alone_cannot_cancel(self):
        request = self.shipped(*self.cars)
        with self.assertRaisesRegex(UserError, "is Shipped"):
            self.giver(request).cancel("x")
        with self.assertRaisesRegex(UserError, "nobody asked to cancel"):
            self.giver(request).agree_to_undo()
        self.giver(request).ask_undo("wrong car")
        with self.assertRaisesRegex(UserError, "the other store must agree"):
            self.giver(request).agree_to_undo()
        self.assertEqual(request.state, "shipped")

    def test_a_reason_is_needed(self):
        request = self.shipped(*self.cars)
        with self.assertRaisesRegex(UserError, "Say why"):
            self.giver(request).ask_undo("")

    def test_it_may_go_on_after_all(self):
        request = self.shipped(*self.cars)
        self.giver(request).ask_undo("wrong car")
        self.asker(request).action_keep()
        with self.assertRaisesRegex(UserError, "nobody asked"):
            self.asker(request).agree_to_undo()

    def test_the_other_store_is_told_who_wants_it_and_why(self):
        chief = self.user("sales_manager", self.store_a1)
        request = self.shipped(*self.cars)
        self.asker(request).ask_undo("customer is gone.")
        said = request.sudo().message_ids[:1]
        self.assertIn("Wants to cancel: customer is gone.", said.body)
        self.assertEqual(said.partner_ids.user_ids.company_id, self.store_a1)
        self.assertTrue(chief)
        self.giver(request).action_keep()
        self.giver(request).ask_undo("wrong car.")
        said = request.sudo().message_ids.filtered(lambda m: "wrong car" in m.body)
        self.assertEqual(said[:1].partner_ids, request.user_id.partner_id)

    def test_who_asked_and_cancels_tells_the_giving_store(self):
        self.user("sales_manager", self.store_a1)
        request = self.approved(*self.cars)
        self.asker(request).cancel("customer is gone")
        said = request.sudo().message_ids.filtered(lambda m: "Cancelled:" in m.body)
        self.assertEqual(said.partner_ids.user_ids.company_id, self.store_a1)

    def test_only_managers_agree(self):
        request = self.shipped(*self.cars)
        self.giver(request).ask_undo("wrong car")
        with self.assertRaises(AccessError):
            self.asker(request, "sales_consultant").agree_to_undo()

    def test_what_was_paid_is_not_cancelled(self):
        request = self.invoiced(*self.cars)
        action = self.asker(request, "accountant").action_pay()
        wizards = self.in_store(self.store_a2)[action["res_model"]]
        wizards.with_context(**action["context"]).create({}).action_create_payments()
        with self.assertRaisesRegex(UserError, "Undo the payments first"):
            self.asker(request).ask_undo("x")

    def test_an_invoice_that_is_for_other_orders_too_is_not_reversed(self):
        first, second = (self.received(car) for car in self.cars)
        sales = (first | second).sudo().sale_id
        sales = sales.with_company(self.store_a1)
        sales._create_invoices(grouped=False).action_post()
        self.assertEqual(len(sales.invoice_ids), 1)
        with self.assertRaisesRegex(UserError, "for other orders, too"):
            self.asker(first).ask_undo("x")

    def test_a_car_sold_at_the_asking_store_does_not_go_back(self):
        request = self.received(*self.cars)
        car = self.cars[0].with_env(self.in_store(self.store_a2))
        self.sell(car)
        self.asker(request).ask_undo("x")
        with self.assertRaisesRegex(UserError, f"{car.vin} is sold at Test store A2"):
            self.giver(request).agree_to_undo()
        self.assertEqual(request.state, "received")

    def test_failing_half_way_everything_stays(self):
        request = self.invoiced(*self.cars)
        before = self.balances()
        self.asker(request).ask_undo("x")
        sales = type(self.env["sale.order"])
        with (
            patch.object(sales, "_action_cancel", side_effect=UserError("broken")),
            suppress(UserError),
            self.env.cr.savepoint(),
        ):
            self.giver(request).agree_to_undo()
        self.env.invalidate_all()
        self.assertEqual(self.balances(), before)
        self.assertEqual(request.state, "invoiced")
        self.assertEqual(self.cars.company_id, self.store_a2)
        self.assertEqual(request.sudo().purchase_id.state, "purchase")
        self.giver(request).agree_to_undo()
        self.assertAsBefore(request)
