"""What a drawing posts, and what follows from it."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tests import freeze_time, tagged

from odoo.addons.dms_vehicle.tests.common import new_vin

from .common import DRAWN, FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanBooks(FloorplanCommon):
    def financed_order(self, count=1, price=100_000, line=None):
        order = self.order(self.store_a1, count, price=price)
        order.dms_floorplan_line_id = line or self.line
        return order

    def bill(self, order):
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = DRAWN
        bill.invoice_line_ids.quantity = order.order_line.product_qty
        bill.action_post()
        return bill

    def test_the_loan_is_owed_to_the_lender(self):
        contract = self.draw(self.receive(self.store_a1))
        self.assertEqual(self.balance(self.line.liability_account_id), -180_000)
        self.assertEqual(contract.item_ids.partner_id, self.lender)
        self.assertEqual((contract.state, contract.exposure), ("open", 180_000))

    def test_posting_the_bill_of_a_financed_order_draws_its_cars(self):
        order = self.financed_order(2)
        cars = self.announce(order, *self.vins(2))
        bill = self.bill(order)
        contracts = cars.dms_floorplan_ids
        self.assertEqual(contracts.mapped("state"), ["open", "open"])
        self.assertEqual(sum(contracts.mapped("principal")), bill.amount_total)
        self.assertEqual(bill.amount_residual, 0)

    def test_cars_drawn_together_take_no_more_than_is_open_on_their_bill(self):
        order = self.order(self.store_a1, 2)
        cars = self.announce(order, new_vin(), new_vin())
        bill = self.bill(order)
        wizard = self.env["dms.floorplan.draw"].create(
            {"vehicle_ids": cars.ids, "line_id": self.line.id}
        )
        wizard.line_ids.amount = bill.amount_total * 0.6
        wizard.action_draw()
        self.assertEqual(len(cars.dms_floorplan_ids.bill_id), 1)
        self.assertEqual(cars.dms_floorplan_ids.mapped("bill_id.id"), [bill.id])
        self.assertAlmostEqual(bill.amount_residual, bill.amount_total * 0.4, 2)

    def test_a_car_whose_bill_is_paid_is_not_to_be_paid(self):
        order = self.order(self.store_a1)
        car = self.announce(order, new_vin())
        domain = [("id", "=", car.id), ("is_unpaid", "=", True)]
        self.assertEqual(self.env["dms.vehicle"].search(domain), car, "no bill yet")
        bill = self.bill(order)
        self.assertEqual(self.env["dms.vehicle"].search(domain), car, "bill is open")
        self.env["dms.floorplan.draw"].create(
            {"vehicle_ids": car.ids, "line_id": self.line.id}
        ).action_draw()
        bill.invalidate_recordset()
        self.assertFalse(self.env["dms.vehicle"].search(domain))

    def test_cars_of_one_bill_are_drawn_to_the_cent(self):
        order = self.financed_order(3, price=100_000.03)
        cars = self.announce(order, *self.vins(3))
        bill = self.bill(order)
        drawn = sum(cars.dms_floorplan_ids.mapped("principal"))
        self.assertAlmostEqual(drawn, bill.amount_total, 2)
        self.assertEqual(bill.amount_residual, 0)

    def test_an_order_line_billed_in_two_lines_draws_each_car_once(self):
        order = self.financed_order(2)
        cars = self.announce(order, *self.vins(2))
        order.action_create_invoice()
        bill = order.invoice_ids
        half = order.order_line._prepare_account_move_line() | {"quantity": 1}
        bill.write(
            {
                "invoice_date": DRAWN,
                "invoice_line_ids": [
                    Command.clear(),
                    *[Command.create(half | {"price_unit": 99_000}) for _n in range(2)],
                ],
            }
        )
        bill.action_post()
        self.assertEqual(len(cars.dms_floorplan_ids), 2)
        self.assertEqual(bill.amount_residual, 0)

    def test_a_rebate_on_the_bill_draws_no_car(self):
        order = self.financed_order(2)
        cars = self.announce(order, *self.vins(2))
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = DRAWN
        bill.invoice_line_ids.quantity = 1
        rebate = order.order_line._prepare_account_move_line()
        rebate |= {"quantity": -1, "price_unit": 500}
        bill.invoice_line_ids = [Command.create(rebate)]
        bill.action_post()
        self.assertEqual(len(cars.dms_floorplan_ids), 1)

    def test_the_financed_share_leaves_the_rest_to_be_paid(self):
        self.line.advance_percent = 80
        order = self.financed_order()
        self.announce(order, *self.vins(1))
        bill = self.bill(order)
        self.assertAlmostEqual(bill.amount_residual, bill.amount_total * 0.2, 2)

    def test_a_car_whose_vin_is_unknown_is_not_drawn(self):
        bill = self.bill(self.financed_order())
        self.assertGreater(bill.amount_total, 0)
        self.assertEqual(bill.amount_residual, bill.amount_total)

    def test_an_order_without_lender_draws_nothing(self):
        order = self.order(self.store_a1)
        car = self.announce(order, *self.vins(1))
        self.bill(order)
        self.assertFalse(car.dms_floorplan_ids)

    def test_a_car_is_financed_once(self):
        car = self.receive(self.store_a1)
        self.draw(car)
        with self.assertRaisesRegex(UserError, f"{car.vin} is financed already by OEM"):
            self.draw(car)

    def test_a_car_that_was_paid_back_may_be_financed_again(self):
        car = self.receive(self.store_a1)
        self.pay(self.draw(car), date(2026, 2, 1), "all")
        self.assertEqual(self.draw(car, day=date(2026, 3, 1)).state, "open")

    def test_a_reversed_drawing_is_taken_back(self):
        contract = self.draw(self.receive(self.store_a1))
        contract.draw_move_id._reverse_moves(cancel=True)
        self.assertEqual((contract.state, contract.exposure), ("cancelled", 0))
        self.assertFalse(contract.next_due_date)

    def test_the_dues_follow_from_the_terms(self):
        contract = self.draw(self.receive(self.store_a1))
        self.assertEqual(
            [(due.date, due.amount) for due in contract.due_ids],
            [
                (date(2026, 4, 5), 18_000),
                (date(2026, 5, 5), 18_000),
                (date(2026, 7, 4), 144_000),
            ],
        )

    def test_a_drawn_car_keeps_the_terms_of_its_day(self):
        contract = self.draw(self.receive(self.store_a1))
        with freeze_time("2026-04-05"):
            self.line.rate_ids.percent = 60
            contract.invalidate_recordset()
            self.assertEqual(contract.interest, 900)

    def test_the_age_is_coloured_by_the_limits_of_the_store(self):
        contract = self.draw(self.receive(self.store_a1))
        mine = Domain("id", "=", contract.id)
        with freeze_time("2026-02-24"):
            self.assertEqual((contract.age_days, contract.age_band), (50, "fresh"))
            self.store_a1.write({"dms_age_warn_days": 10, "dms_age_limit_days": 20})
            contract.invalidate_recordset(["age_band"])
            self.assertEqual(contract.age_band, "old")
            old = Domain("age_band", "=", "old")
            self.assertEqual(contract.search(mine & old), contract)
        self.pay(contract, date(2026, 3, 1), "all")
        self.assertFalse(contract.age_band)

    def test_a_car_shows_its_interest(self):
        car = self.receive(self.store_a1)
        self.draw(car)
        with freeze_time("2026-04-04"):
            self.assertEqual(car.dms_interest, 29 * 30)
            self.assertEqual(car.dms_interest_per_day, 30)
            self.assertEqual(car.dms_floorplan_due_date, date(2026, 4, 5))

    def vins(self, count):
        return [new_vin() for _n in range(count)]
