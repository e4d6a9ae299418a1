from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import errors

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .audit_common import AuditCommon


@tagged("post_install", "-at_install")
class TestAuditBatch(AuditCommon):
    """Nobody changes the audit without the log showing it."""

    def setUp(self):
        super().setUp()
        self.batches = self.env["dms.audit.batch"]
        self._close_all()
        self.brand.name = "First"
        self.first = self.last(model="dms.brand")
        self.env["res.partner"].create({"name": "Zhang"})
        self.second = self.last(model="res.partner")
        self.batch = self._close_all()

    def _close_all(self):
        self.env.cr.flush()
        last = self.batches
        while batch := self.batches._close():
            last = batch
        return last

    def _without_triggers(self, query, *params):
        """What a superuser of the database can do."""
        self.env.cr.execute("ALTER TABLE dms_audit_entry DISABLE TRIGGER ALL")
        self.env.cr.execute(query, params)
        self.env.cr.execute("ALTER TABLE dms_audit_entry ENABLE TRIGGER ALL")
        self.env.invalidate_all()

    def test_a_batch_is_in_the_log(self):
        entry = self.batch.log_entry_id
        self.assertEqual(entry.kind, "audit.closed")
        self.assertIn(self.batch.digest, entry.body)
        self.assertEqual(self.batch.count, 2)

    def test_closing_again_closes_nothing(self):
        self.assertFalse(self.batches._close())

    def test_an_untouched_audit_is_in_order(self):
        self.assertIsNone(self.batches._find_problem())

    def test_an_altered_entry_is_named(self):
        for column, value in (
            ("name", "'x'"),
            ("changes", "'{}'"),
            ("user_id", "2"),
            ("at", "at - interval '1 day'"),
            ("company_id", str(self.store_b1.id)),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self._without_triggers(
                    f"UPDATE dms_audit_entry SET {column} = {value} WHERE id = %s",
                    self.second.id,
                )
                problem = self.batches._find_problem()
                self.assertIn(f"{self.second.id} was altered", problem)
                savepoint.rollback()

    def test_the_first_altered_entry_is_named(self):
        self._without_triggers("UPDATE dms_audit_entry SET name = 'x'")
        self.assertIn("altered", self.batches._find_problem())

    def test_a_removed_entry_is_named(self):
        self._without_triggers(
            "DELETE FROM dms_audit_entry WHERE id = %s", self.first.id
        )
        self.assertIn(f"{self.first.id} was removed", self.batches._find_problem())

    def test_an_entry_slipped_in_later_waits_to_be_closed(self):
        self._without_triggers("SELECT 1")
        self.brand.name = "Second"
        self.env.cr.flush()
        self.assertEqual(self._close_all().count, 1)

    def test_hashes_that_were_adapted_contradict_the_log(self):
        self.env.cr.execute("ALTER TABLE dms_audit_batch DISABLE TRIGGER ALL")
        self.env.cr.execute(
            "UPDATE dms_audit_batch SET digest = 'x' WHERE id = %s", [self.batch.id]
        )
        self.env.cr.execute("ALTER TABLE dms_audit_batch ENABLE TRIGGER ALL")
        self.env.invalidate_all()
        self.assertIn(f"Batch {self.batch.id}", self.batches._find_problem())

    def test_the_button_says_so(self):
        action = self.batches.with_user(self.auditor).action_check()
        self.assertEqual(action["params"]["type"], "success")
        self.test_a_removed_entry_is_named()
        action = self.batches.with_user(self.auditor).action_check()
        self.assertEqual(action["params"]["type"], "danger")

    # Retention

    def _remove(self, **vals):
        rule = self.env["dms.audit.retention"].create(
            {"name": "Brands", "model": "dms.brand", "keep_days": 200, "sequence": 1}
            | vals
        )
        self._close_all()
        with freeze_time(fields.Datetime.now() + timedelta(days=201)):
            return rule._remove()

    def test_old_entries_go_and_the_log_says_so(self):
        removal = self._remove()
        self.assertFalse(self.first.exists())
        self.assertTrue(self.second.exists())
        self.assertEqual(removal.log_entry_id.kind, "audit.removed")
        self.assertIn(removal.digest, removal.log_entry_id.body)
        self.assertIsNone(self.batches._find_problem())

    def test_young_entries_stay(self):
        rule = self.env["dms.audit.retention"].create(
            {"name": "Brands", "model": "dms.brand", "keep_days": 200, "sequence": 1}
        )
        self.assertFalse(rule._remove())
        self.assertTrue(self.first.exists())

    def test_what_an_earlier_rule_keeps_stays(self):
        self.env["dms.audit.retention"].create(
            {"name": "Changes", "action": "write", "keep_days": 999, "sequence": 0}
        )
        self._remove()
        self.assertTrue(self.first.exists())

    def test_a_removal_that_claims_more_contradicts_the_log(self):
        removal = self._remove()
        self._without_triggers(
            "DELETE FROM dms_audit_entry WHERE id = %s", self.second.id
        )
        self.env.cr.execute("ALTER TABLE dms_audit_removal DISABLE TRIGGER ALL")
        self.env.cr.execute(
            "UPDATE dms_audit_removal SET entry_ranges = entry_ranges ||"
            " jsonb_build_array(jsonb_build_array(%s, %s)) WHERE id = %s",
            [self.second.id, self.second.id, removal.id],
        )
        self.env.cr.execute("ALTER TABLE dms_audit_removal ENABLE TRIGGER ALL")
        self.env.invalidate_all()
        self.assertIn(f"Removal {removal.id}", self.batches._find_problem())

    @mute_logger("odoo.sql_db")
    def test_six_months_are_the_least(self):
        with self.assertRaises(errors.CheckViolation), self.env.cr.savepoint():
            self._remove(keep_days=182)
