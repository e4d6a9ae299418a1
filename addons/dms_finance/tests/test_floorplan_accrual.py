"""Interest is booked to the cent, however often one asks for it."""

from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import FloorplanCommon

MONTHS = [date(2026, month, 1) for month in range(2, 8)]


@tagged("post_install", "-at_install")
class TestFloorplanAccrual(FloorplanCommon):
    def worked_example(self, line):
        """180,000, two tenths paid back by age, the rest on day 135."""
        contract = self.draw(self.receive(self.store_a1), line=line)
        self.pay(contract, date(2026, 4, 5))
        self.pay(contract, date(2026, 5, 5))
        self.pay(contract, date(2026, 5, 20), "all")
        return contract

    def copied(self, day_count):
        return self.line.copy({"day_count": day_count})

    def booked(self, line):
        items = self.env["account.move.line"].search(
            [("move_id", "in", line.contract_ids.accrual_ids.move_id.ids)]
        )
        expense = items.filtered(lambda i: i.account_id == line.expense_account_id)
        return round(sum(expense.mapped("balance")), 2)

    def test_the_worked_example_is_booked_to_the_cent(self):
        for day_count, interest in (("act_360", 2070.00), ("act_365", 2041.64)):
            with self.subTest(day_count=day_count):
                line = self.copied(day_count)
                contract = self.worked_example(line)
                for until in MONTHS:
                    line._accrue(until)
                self.assertEqual(self.booked(line), interest)
                self.assertEqual(contract.interest_booked, interest)
                self.assertEqual(contract.interest, interest)

    def test_one_entry_of_two_items_for_all_cars_of_a_line(self):
        self.draw(self.receive(self.store_a1, 3))
        move = self.line._accrue(date(2026, 4, 1))
        self.assertEqual(len(move.line_ids), 2)
        self.assertEqual(len(move.dms_accrual_ids), 3)
        self.assertEqual(sum(move.dms_accrual_ids.mapped("amount")), 3 * 780)
        self.assertEqual((move.state, move.date), ("posted", date(2026, 3, 31)))

    def test_running_again_books_nothing(self):
        self.draw(self.receive(self.store_a1))
        self.assertTrue(self.line._accrue(date(2026, 4, 1)))
        self.assertFalse(self.line._accrue(date(2026, 4, 1)))

    def test_a_payment_entered_late_is_corrected_by_the_difference(self):
        contract = self.draw(self.receive(self.store_a1))
        self.line._accrue(date(2026, 5, 1))
        self.pay(contract, date(2026, 4, 5))
        move = self.line._accrue(date(2026, 5, 1))
        self.assertEqual(move.dms_accrual_ids.amount, -3 * 26)
        self.assertEqual(contract.interest_booked, 900 + 27 * 26)

    def test_a_reversed_entry_is_booked_anew(self):
        contract = self.draw(self.receive(self.store_a1))
        move = self.line._accrue(date(2026, 4, 1))
        move._reverse_moves(cancel=True)
        self.assertEqual(contract.interest_booked, 0)
        self.line._accrue(date(2026, 4, 1))
        self.assertEqual(contract.interest_booked, 780)

    def test_what_is_paid_and_booked_is_not_looked_at_again(self):
        contract = self.worked_example(self.line)
        self.line._accrue(date(2026, 6, 1))
        self.assertTrue(contract.interest_final)

    def test_a_change_of_the_books_has_it_looked_at_again(self):
        contract = self.worked_example(self.line)
        self.line._accrue(date(2026, 6, 1))
        last = contract.item_ids.sorted("date")[-1].move_id
        last.button_draft()
        self.assertFalse(contract.interest_final)

    def test_a_drawing_reversed_later_bears_interest_until_then(self):
        contract = self.draw(self.receive(self.store_a1))
        reversal = [{"date": date(2026, 4, 10)}]
        contract.draw_move_id._reverse_moves(reversal, cancel=True)
        for until in (date(2026, 4, 1), date(2026, 5, 1)):
            self.line._accrue(until)
        # 26 days of March and nine of April at 30 a day
        self.assertEqual(contract.interest_booked, 35 * 30)
        self.assertTrue(contract.interest_final)

    def test_a_drawing_in_closed_books_bears_interest_from_its_day(self):
        line = self.create_line(
            rate_ids=[Command.create({"from_day": 0, "percent": 6})]
        )
        self.store_a1.fiscalyear_lock_date = "2026-01-31"
        contract = self.draw(self.receive(self.store_a1), line=line)
        self.assertEqual(contract.draw_move_id.date.month, 2)
        line._accrue(date(2026, 2, 1))
        self.assertEqual(contract.interest_booked, 27 * 30)

    def test_a_drawing_that_never_counted_is_left_out(self):
        contract = self.draw(self.receive(self.store_a1))
        contract.draw_move_id.button_draft()
        contract.draw_move_id.button_cancel()
        self.line._accrue(date(2026, 4, 1))
        self.assertTrue(contract.interest_final)

    def test_nothing_is_booked_in_the_free_days(self):
        self.draw(self.receive(self.store_a1))
        self.assertFalse(self.line._accrue(date(2026, 3, 1)))

    def test_the_nightly_job_books_the_months_that_have_ended(self):
        contract = self.draw(self.receive(self.store_a1))
        with freeze_time("2026-04-17 02:00"), self.enter_registry_test_mode():
            self.env.ref("dms_finance.ir_cron_floorplan_accrue").method_direct_trigger()
        self.assertEqual(contract.interest_booked, 780)

    def test_the_nightly_job_run_again_changes_nothing(self):
        self.draw(self.receive(self.store_a1))
        job = self.env.ref("dms_finance.ir_cron_floorplan_accrue")
        counts = []
        with freeze_time("2026-04-17 02:00"), self.enter_registry_test_mode():
            for _night in range(2):
                job.method_direct_trigger()
                counts.append(self.env["account.move"].search_count([]))
                counts.append(self.env["dms.floorplan.accrual"].search_count([]))
        self.assertEqual(counts[:2], counts[2:])

    def run_job(self, night="2026-04-17 02:00"):
        with freeze_time(night), self.enter_registry_test_mode():
            self.env.ref("dms_finance.ir_cron_floorplan_accrue").method_direct_trigger()

    def closed_and_other(self):
        """Return a car of a line whose journal is archived, and one of another."""
        other = self.create_line(
            self.store_a2,
            rate_ids=[Command.create({"from_day": 0, "percent": 6})],
        )
        closed = self.draw(self.receive(self.store_a1))
        fine = self.draw(self.receive(self.store_a2), line=other)
        closed.line_id.journal_id.active = False
        return closed, fine

    def test_a_line_that_cannot_be_booked_keeps_no_other_waiting(self):
        closed, fine = self.closed_and_other()
        self.run_job()
        self.assertEqual(closed.interest_booked, 0)
        self.assertGreater(fine.interest_booked, 0)

    def test_the_responsible_is_told_once_why_nothing_was_booked(self):
        closed, fine = self.closed_and_other()
        for night in ("2026-04-17 02:00", "2026-04-18 02:00"):
            self.run_job(night)
        (told,) = closed.line_id.activity_ids
        self.assertEqual(told.user_id, closed.line_id.user_id)
        self.assertIn("archived journal", told.note)
        self.assertFalse(fine.line_id.activity_ids)

    def test_once_it_is_booked_nobody_is_told_any_more(self):
        closed, _fine = self.closed_and_other()
        self.run_job()
        closed.line_id.journal_id.active = True
        self.run_job()
        self.assertEqual(closed.interest_booked, 780)
        self.assertFalse(closed.line_id.activity_ids)

    def test_the_number_of_cars_adds_no_queries(self):
        def queries(count):
            line = self.line.copy()
            self.draw(self.receive(self.store_a1, count), 10_000, line)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            line._accrue(date(2026, 4, 1))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(12), queries(2) + 2)
