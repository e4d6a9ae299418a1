"""Cancellations: who writes what, and one of two at a time."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_deal_cancellation import CancellationCommon


@tagged("post_install", "-at_install")
class TestCancellationDoors(CancellationCommon):
    def test_nothing_decided_or_computed_is_written(self):
        record = self.ask(self.ordered())
        for name, value in (
            ("state", "approved"),
            ("kept", 0),
            ("refund", 1),
            ("paid_by_others", 1),
            ("deposit_kind", "advance"),
            ("approved_by_id", self.consultant.id),
            ("user_id", self.manager.id),
            ("payment_ids", [(5,)]),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                record.write({name: value})

    def test_it_is_not_turned_to_another_deal(self):
        """What was approved for one customer is not paid to another."""
        record = self.approved(self.ordered())
        [other] = self.receive(self.store_a1)
        deal = self.ordered(car=other)
        for user in (self.consultant, self.accountant):
            with self.assertRaisesRegex(UserError, "by itself"):
                self.by(user, record).deal_id = deal

    def test_nor_made_as_decided(self):
        deal = self.ordered()
        env = self.by(self.consultant, self.env["dms.deal.cancellation"])
        with self.assertRaises(AccessError):
            env.create({"deal_id": deal.id, "reason": "No", "state": "approved"})

    def test_a_consultant_settles_and_a_manager_does_not(self):
        record = self.approved(self.ordered())
        for user in (self.consultant, self.manager):
            with self.assertRaisesRegex(AccessError, "accountant settles"):
                self.by(user, record).action_refund()

    def test_who_only_reads_writes_nothing(self):
        record = self.ask(self.ordered())
        for role in ("fi_officer", "auditor"):
            seen = self.by(self.user(role, self.store_a1), record)
            with self.subTest(role=role), self.assertRaises(AccessError):
                seen.reason = "Mine"

    def test_a_sister_store_sees_nothing(self):
        record = self.ask(self.ordered())
        seen = self.by(self.user("sales_manager", self.store_a2), record)
        self.assertFalse(seen.search([("id", "=", record.id)]))
        for door in (
            lambda: seen.read(["reason"]),
            lambda: seen.write({"reason": "Mine"}),
            lambda: seen.action_approve(),
            lambda: seen.export_data(["reason"]),
        ):
            with self.assertRaises(UserError):
                door()

    def test_a_journal_of_another_store_pays_nothing(self):
        record = self.by(self.accountant, self.approved(self.ordered()))
        foreign = self.env["account.journal"].search(
            [("company_id", "=", self.store_a2.id), ("type", "=", "bank")], limit=1
        )
        with self.assertRaises(UserError):
            record.journal_id = foreign

    def test_settled_once_it_pays_once(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.settled(deal)
        paid = record.payment_ids
        with self.assertRaisesRegex(UserError, "past that step"):
            record.action_refund()
        self.assertEqual(record.payment_ids, paid)

    def test_a_cent_is_settled_to_the_cent(self):
        deal = self.ordered(deposit=33_333.33)
        self.pay(deal, 33_333.33)
        record = self.settled(deal)
        self.assertEqual((record.kept, record.returned), (33_333.33, 0))
        self.assertEqual(self.balance(), 0)
        self.assertEqual(self.booked("kept", deal), -33_333.33)

    def test_a_deposit_above_a_fifth_binds_to_the_cent(self):
        """Of 50,000.55 for a car of 180,000 the law lets 36,000 bind."""
        deal = self.ordered(deposit=50_000.55)
        self.pay(deal, 50_000.55)
        record = self.settled(deal)
        self.assertEqual((record.kept, record.returned), (36_000, 14_000.55))
        self.assertEqual(self.balance(), 0)

    def test_the_store_fails_and_the_deal_keeps_the_reason(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.settled(deal, "dealer")
        self.assertEqual(record.refund, 86_000)
        self.assertEqual(deal.state, "cancelled")
        self.assertEqual(deal.cancellation_ids, record)
        with self.assertRaises(UserError):
            record.sudo(False).unlink()
