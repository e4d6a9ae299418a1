"""A payment of a month that is closed counts from the day the money moved."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanValueDate(FloorplanCommon):
    """180,000 at 6 % of 360 days: 30 a day, no free days. January is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dear = cls.create_line(
            rate_ids=[Command.create({"from_day": 0, "percent": 6})]
        )
        cls.contract = cls.draw(cls.receive(cls.store_a1), line=cls.dear)
        cls.store_a1.fiscalyear_lock_date = "2026-01-31"

    def paid(self, day=date(2026, 1, 15)):
        return self.pay(self.contract, day, "all")

    def booked(self, until=date(2026, 3, 1)):
        self.dear._accrue(until)
        return self.contract.interest_booked

    def test_the_entry_is_in_an_open_month_and_keeps_the_day(self):
        move = self.paid()
        self.assertGreater(move.date, date(2026, 1, 31))
        self.assertEqual(move.dms_value_date, date(2026, 1, 15))
        self.assertEqual(self.contract.state, "paid")

    def test_interest_ends_on_the_day_the_money_left(self):
        self.paid()
        self.assertEqual(self.booked(), 10 * 30)

    def test_interest_that_was_booked_too_far_is_taken_back(self):
        self.assertEqual(self.booked(), 55 * 30)
        self.paid()
        self.assertEqual(self.booked(), 10 * 30)
        self.assertTrue(
            all(
                day > date(2026, 1, 31)
                for day in self.contract.accrual_ids.move_id.mapped("date")
            )
        )

    def test_an_accountant_gets_the_same(self):
        accountant = self.contract.with_env(self.in_store(self.store_a1, "accountant"))
        wizard = accountant.env["dms.floorplan.pay"].create(
            {"contract_ids": accountant.ids, "date": "2026-01-15", "mode": "all"}
        )
        move = wizard._propose()
        move.action_post()
        self.assertEqual(move.dms_value_date, date(2026, 1, 15))
        self.assertEqual(self.booked(), 10 * 30)

    def test_in_an_open_month_the_accounting_date_is_enough(self):
        move = self.paid(date(2026, 2, 10))
        self.assertEqual((move.date, move.dms_value_date), (date(2026, 2, 10), False))
        self.assertEqual(self.booked(), 36 * 30)

    def test_it_may_be_typed_before_posting(self):
        wizard = self.contract.env["dms.floorplan.pay"].create(
            {"contract_ids": self.contract.ids, "date": "2026-02-10", "mode": "all"}
        )
        move = wizard._propose()
        move.dms_value_date = "2026-02-05"
        move.action_post()
        self.assertEqual(self.booked(), 31 * 30)

    def test_an_accountant_finds_it_on_the_entry_until_it_is_posted(self):
        accountant = self.contract.with_env(self.in_store(self.store_a1, "accountant"))
        wizard = accountant.env["dms.floorplan.pay"].create(
            {"contract_ids": accountant.ids, "date": "2026-02-10", "mode": "all"}
        )
        move = wizard._propose()
        with Form(move) as form:
            form.dms_value_date = "2026-02-05"
        move.action_post()
        with self.assertRaises(AssertionError), Form(move) as form:
            form.dms_value_date = "2026-02-04"
        self.assertEqual(move.dms_value_date, date(2026, 2, 5))

    def test_it_does_not_come_after_the_accounting_date(self):
        move = self.paid(date(2026, 2, 10))
        move.button_draft()
        with self.assertRaisesRegex(ValidationError, "cannot come after"):
            move.dms_value_date = "2026-02-11"

    def test_a_posted_entry_keeps_it(self):
        move = self.paid()
        with self.assertRaisesRegex(UserError, "Reset it to draft"):
            move.dms_value_date = "2026-01-10"

    def test_a_change_has_the_interest_looked_at_again(self):
        move = self.paid()
        self.booked(date(2026, 6, 1))
        self.assertTrue(self.contract.interest_final)
        move.button_draft()
        move.dms_value_date = "2026-01-20"
        move.action_post()
        self.assertFalse(self.contract.interest_final)
        self.assertEqual(self.booked(), 15 * 30)

    def reverse(self, move, **vals):
        return move._reverse_moves([vals], cancel=True)

    def test_taken_back_on_its_own_day_it_never_was(self):
        move = self.paid()
        reverse = self.reverse(move, date=move.date)
        self.assertEqual(reverse.dms_value_date, date(2026, 1, 15))
        self.assertEqual(self.contract.state, "open")
        self.assertEqual(self.booked(), 55 * 30)

    def test_taken_back_later_it_counted_until_then(self):
        move = self.paid()
        day = max(move.date, date(2026, 2, 20))
        reverse = self.reverse(move, date=date.fromordinal(day.toordinal() + 1))
        self.assertFalse(reverse.dms_value_date)

    def test_other_entries_of_closed_months_have_none(self):
        accounts = self.dear.bank_account_id, self.dear.expense_account_id
        move = self.env["account.move"].create(
            {
                "journal_id": self.dear.journal_id.id,
                "date": "2026-01-10",
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in zip(accounts, (-5, 5), strict=True)
                ],
            }
        )
        move.action_post()
        self.assertFalse(move.dms_value_date or move.dms_is_floorplan)
