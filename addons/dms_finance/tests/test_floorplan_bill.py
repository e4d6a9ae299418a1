"""A bill of 1,000,000 for five cars, from its drawing to its maturity."""

from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.dms_vehicle.tests.common import new_vin

from .common import DRAWN, FloorplanCommon

MATURITY = DRAWN + timedelta(180)


@tagged("post_install", "-at_install")
class TestFloorplanBill(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.bill_line(deposit_interest_percent=1.3)
        cls.contracts = cls.draw(cls.receive(cls.store_a1, 5), 200_000)

    def accounts(self):
        """:return: balances of notes payable, deposits, charges and the bank"""
        line = self.line
        return [
            self.balance(account)
            for account in (
                line.liability_account_id,
                line.deposit_account_id,
                line.expense_account_id,
                line.bank_account_id,
            )
        ]

    def settle(self, day=MATURITY, contracts=None):
        return self.pay(contracts or self.contracts, day, "bill")

    def test_a_deposit_and_the_fee_leave_the_bank(self):
        move = self.contracts.draw_move_id
        account = self.line.bank_account_id
        paid = move.line_ids.filtered(lambda i: i.account_id == account and i.credit)
        self.assertEqual(paid.credit, 200_500)
        self.assertEqual(self.accounts()[:3], [-1_000_000, 200_000, 500])
        self.assertEqual(self.line.used, 800_000)

    def test_without_a_bill_of_the_oem_it_is_a_prepayment(self):
        cars = self.announce(self.order(self.store_a1), new_vin())
        self.draw_by_wizard(cars)
        item = cars.dms_floorplan_ids.draw_move_id.line_ids.filtered(
            lambda i: i.partner_id == self.oem
        )
        self.assertEqual(item.account_type, "liability_payable")
        self.assertEqual(item.debit, cars.dms_floorplan_ids.principal)

    def draw_by_wizard(self, cars):
        wizard = self.env["dms.floorplan.draw"].create(
            {"vehicle_ids": cars.ids, "line_id": self.bill_line().id}
        )
        return wizard.action_draw()

    def test_three_releases_leave_320_000_at_risk(self):
        move = self.pay(self.contracts[:3], date(2026, 3, 1), "all")
        self.assertEqual(sum(move.line_ids.mapped("debit")), 3 * 160_000)
        self.assertEqual(self.line.used, 320_000)
        self.assertEqual(self.accounts()[:2], [-1_000_000, 680_000])

    def test_a_released_car_is_paid_back_though_its_bill_is_owed(self):
        self.pay(self.contracts[:3], date(2026, 3, 1), "all")
        released = self.contracts[0]
        self.assertEqual((released.state, released.owed), ("paid", 200_000))
        self.assertEqual(released.next_due_date, MATURITY)

    def test_a_bill_in_full_is_paid_from_its_deposit(self):
        self.pay(self.contracts, date(2026, 3, 1), "all")
        before = self.accounts()[3]
        self.settle()
        notes, deposit, charges, bank = self.accounts()
        self.assertEqual((notes, deposit), (0, 0))
        self.assertEqual((charges, bank - before), (500 - 1300, 1300))

    def test_the_deposit_earns_1300_until_maturity(self):
        move = self.settle()
        account = self.line.expense_account_id
        earned = move.line_ids.filtered(lambda item: item.account_id == account)
        self.assertEqual(earned.credit, 1300)

    def test_what_is_not_released_is_paid_from_the_bank_at_maturity(self):
        self.pay(self.contracts[:3], date(2026, 3, 1), "all")
        before = self.accounts()[3]
        self.settle()
        self.assertEqual(self.accounts()[3] - before, 1300 - 320_000)
        self.assertEqual(set(self.contracts.mapped("state")), {"paid"})
        self.assertEqual(self.line.used, 0)

    def test_a_settled_bill_is_not_settled_again(self):
        self.settle()
        self.assertFalse(any(self.contracts.mapped("next_due_date")))
        with self.assertRaisesRegex(UserError, "Nothing is to be paid back"):
            self.settle()

    def test_a_loan_has_no_bill_to_settle(self):
        loan = self.draw(self.receive(self.store_a1), line=self.create_line())
        with self.assertRaisesRegex(UserError, "Nothing is to be paid back"):
            self.settle(contracts=loan)

    def test_the_settlement_taken_back_owes_the_bill_again(self):
        self.settle()._reverse_moves(cancel=True)
        self.assertEqual(self.accounts()[:2], [-1_000_000, 200_000])
        self.assertEqual(set(self.contracts.mapped("state")), {"open"})

    def test_a_bill_to_settle_is_reminded_of(self):
        self.pay(self.contracts, date(2026, 3, 1), "all")
        with freeze_time(MATURITY - timedelta(7)):
            self.env["dms.floorplan.contract"]._cron_remind()
        self.assertEqual(self.contracts[0].activity_ids.date_deadline, MATURITY)
        self.settle()
        self.env["dms.floorplan.contract"]._cron_remind()
        self.assertFalse(self.contracts.activity_ids)

    def test_ten_days_late_are_booked_as_1600(self):
        self.pay(self.contracts[:3], date(2026, 3, 1), "all")
        move = self.line._accrue(MATURITY + timedelta(10))
        self.assertEqual(sum(move.line_ids.mapped("debit")), 1600)
        self.assertEqual(sum(move.dms_accrual_ids.mapped("amount")), 1600)

    def test_the_settlement_ends_the_late_charge(self):
        self.settle(MATURITY + timedelta(10))
        for days in (10, 40):
            self.line._accrue(MATURITY + timedelta(days))
        self.assertEqual(sum(self.contracts.mapped("interest_booked")), 5 * 800)
