from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .commission_common import CommissionCommon


@tagged("post_install", "-at_install")
class TestCommission(CommissionCommon):
    """Who sells earns by a plan, from posted figures, explained line by line."""

    def test_it_is_computed_from_posted_figures(self):
        """150,000 without VAT, cost 150,000 by the receipt: no gross, 300 a car."""
        deal = self.delivered()
        self.assertEqual(deal._dms_posted_gross()["car"], 0)
        other = self.delivered(price=180_800)
        self.assertEqual(other._dms_posted_gross()["car"], 10_000)
        statement = self.statement()
        self.assertEqual(statement.total, 300 + 300 + 500)

    def test_an_offer_alone_brings_nothing(self):
        self.ordered()
        self.assertEqual(self.statement().total, 0)

    def test_each_line_says_why(self):
        deal = self.delivered(price=180_800)
        line = self.statement().line_ids.filtered(lambda one: one.rule == "Gross")
        self.assertEqual(line.deal_id, deal)
        self.assertIn("10,000.00", line.explanation)

    def test_who_may_not_see_the_gross_reads_the_share_alone(self):
        self.delivered(price=180_800)
        lines = self.by(self.consultant, self.statement().line_ids)
        text = lines.filtered(lambda one: one.rule == "Gross").explanation
        self.assertEqual(text, "5.00 % of the gross")
        with self.assertRaises(AccessError):
            lines.read(["facts"])

    def test_a_consultant_sees_his_own_only(self):
        self.delivered()
        mine = self.statement()
        other = self.statement(user=self.manager)
        seen = self.by(self.consultant, self.env["dms.commission.statement"]).search([])
        self.assertEqual(seen, mine.with_env(seen.env))
        with self.assertRaises(AccessError):
            self.by(self.consultant, other).read(["total"])
        with self.assertRaises(AccessError):
            self.by(self.consultant, mine).action_compute()

    def test_computing_again_changes_nothing(self):
        self.delivered()
        statement = self.statement()
        statement.action_compute()
        self.assertEqual((statement.total, len(statement.line_ids)), (300, 1))

    def test_one_person_has_one_statement_a_month(self):
        self.statement()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.statement()

    def test_a_manager_approves_and_a_draft_entry_waits(self):
        self.delivered()
        statement = self.statement()
        statement.action_approve()
        entry = statement.sudo().move_id
        self.assertEqual((statement.state, entry.state), ("approved", "draft"))
        self.assertEqual(entry.amount_total, 300)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            statement.action_compute()

    def test_nobody_types_a_commission(self):
        statement = self.statement()
        with self.assertRaisesRegex(UserError, "not typed"):
            statement.state = "approved"

    def test_nobody_approves_his_own(self):
        statement = self.statement(user=self.manager)
        with self.assertRaisesRegex(UserError, "his own commission"):
            statement.action_approve()
        self.by(self.head, statement).action_approve()
        self.assertEqual(statement.state, "approved")

    def test_what_is_taken_back_is_owed_in_the_next_month(self):
        last = fields.Date.add(self.month, months=-1)
        gone, kept = self.delivered(), self.delivered()
        (gone | kept).vehicle_id.delivered_date = last + timedelta(days=4)
        first = self.statement(month=last)
        self.assertEqual(first.total, 600)
        first.action_approve()
        self.give_back(gone)
        second = self.statement()
        self.assertEqual(second.total, -300)
        self.assertIn(gone.name, second.line_ids.explanation)
        self.assertEqual(second.line_ids.source_id, first)
        second.action_approve()
        after = self.statement(month=fields.Date.add(self.month, months=1))
        self.assertEqual(after.total, 0)

    def test_a_deal_is_paid_once(self):
        deal = self.delivered()
        self.statement().action_approve()
        deal.user_id = self.manager
        self.assertEqual(self.statement(user=self.manager).total, 0)

    def test_a_ladder_is_made_of_steps(self):
        ladder = {"name": "Number", "kind": "ladder"}
        steps = [(0, 0, {"units": n, "amount": a}) for n, a in ((1, 100), (2, 250))]
        self.make_plan(ladder | {"step_ids": steps}, user_ids=[self.consultant.id])
        self.delivered()
        self.delivered()
        statement = self.statement()
        self.assertEqual(statement.total, 500)
        self.assertIn("2 cars", statement.line_ids.explanation)

    def test_a_plan_that_makes_no_sense_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "steps must rise"):
            self.make_plan({"name": "Number", "kind": "ladder"})
        with self.assertRaisesRegex(ValidationError, "name of its own"):
            self.make_plan({"name": "A"}, {"name": "A"})

    def test_without_a_plan_it_says_what_to_do(self):
        self.plan.active = False
        with self.assertRaisesRegex(UserError, "write one first"):
            self.statement()

    def test_the_night_keeps_drafts_as_the_books_are(self):
        self.delivered()
        statements = self.env["dms.commission.statement"]
        statements._cron_compute()
        [one] = statements.search([("user_id", "=", self.consultant.id)])
        self.assertEqual(one.total, 300)
        self.delivered()
        statements._cron_compute()
        self.assertEqual(one.total, 600)


def _plan(case, store):
    return case.env["dms.commission.plan"].create(
        {
            "name": "Plan",
            "company_id": store.id,
            "date_from": "2020-01-01",
            "expense_account_id": False,
            "payable_account_id": False,
            "rule_ids": [(0, 0, {"name": "Car", "amount": 1})],
        }
    )


def _step(case, store):
    rule = _plan(case, store).rule_ids
    return rule.step_ids.create({"rule_id": rule.id, "units": 1})


def _statement(case, store):
    return case.env["dms.commission.statement"].create(
        {"company_id": store.id, "user_id": case.env.uid, "month": "2026-01-01"}
    )


def _line(case, store):
    return case.env["dms.commission.line"].create(
        {"statement_id": _statement(case, store).id, "code": "per_unit"}
    )


ISOLATION_FACTORIES |= {
    "dms.commission.plan": _plan,
    "dms.commission.rule": lambda case, store: _plan(case, store).rule_ids,
    "dms.commission.step": _step,
    "dms.commission.statement": _statement,
    "dms.commission.line": _line,
}
