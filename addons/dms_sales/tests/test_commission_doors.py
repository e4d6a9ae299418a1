"""Commission: what it is computed of is typed by nobody who earns it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .commission_common import CommissionCommon


@tagged("post_install", "-at_install")
class TestCommissionDoors(CommissionCommon):
    def test_who_earns_changes_no_statement_and_no_plan(self):
        self.delivered()
        statement = self.by(self.consultant, self.statement())
        for door in (
            lambda: statement.write({"user_id": self.manager.id}),
            lambda: statement.create({"user_id": self.consultant.id}),
            statement.action_compute,
            statement.action_approve,
            lambda: statement.line_ids.write({"amount": 9_999}),
            lambda: self.by(self.consultant, self.plan).write({"cap": 0}),
        ):
            with self.assertRaises(UserError):
                door()

    def test_a_manager_types_no_amount(self):
        self.delivered()
        statement = self.statement()
        for name, value in (("total", 9), ("facts", {}), ("move_id", 1)):
            with self.subTest(field=name), self.assertRaises(UserError):
                statement.write({name: value})

    def test_a_deal_moved_after_the_delivery_is_a_managers_word(self):
        deal = self.delivered()
        colleague = self.by(self.user("sales_consultant", self.store_a2), deal)
        with self.assertRaises(AccessError):
            colleague.user_id = colleague.env.user
        with self.assertRaises(AccessError):
            self.by(self.consultant, deal).user_id = self.manager

    def test_facts_of_the_gross_are_closed_to_who_earns(self):
        self.delivered()
        statement = self.by(self.consultant, self.statement())
        for record in (statement, statement.line_ids):
            self.assertNotIn("facts", record.fields_get())
            with self.assertRaises(AccessError):
                record.read(["facts"])
            with self.assertRaises(AccessError):
                record.search([("facts", "!=", False)])

    def test_a_deal_that_another_statement_paid_is_not_computed_again(self):
        deal = self.delivered()
        self.by(self.head, self.statement()).action_approve()
        later = self.statement(month=self.month.replace(year=self.month.year + 1))
        self.assertNotIn(deal, later.sudo().deal_ids)

    def test_computing_asks_little_however_many_were_paid(self):
        self.delivered()
        statement = self.statement()
        statement.action_compute()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(120):
            statement.action_compute()
            self.env.flush_all()
