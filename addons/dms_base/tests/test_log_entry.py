import json

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from ..merkle import EntryError
from .log_common import LogCommon


@tagged("post_install", "-at_install")
class TestLogEntry(LogCommon):
    """What business transactions write into the log, and who reads it."""

    def test_a_batch_costs_one_insert(self):
        self.append()  # codes of stores are cached from here on
        with self.assertQueryCount(1):
            self.append(100)

    def test_entries_come_back_in_the_order_given(self):
        entries = self.append(3)
        self.assertEqual(entries.mapped("subject"), ["CAR0", "CAR1", "CAR2"])

    def test_nothing_to_append(self):
        self.assertFalse(self.env["dms.log.entry"]._append([]))

    @freeze_time("2026-11-24 08:00:00")
    def test_an_entry_knows_who_and_when(self):
        clerk = self.user("parts_clerk", self.store_a1)
        entry = self.append(subject="LZZ1").with_user(clerk)
        entry = entry._append(
            [
                {
                    "kind": "part.issued",
                    "subject": "LZZ1",
                    "company_id": self.store_a1.id,
                    "body": {"part": "A-1", "quantity": 2},
                }
            ]
        )
        self.assertRecordValues(
            entry.sudo(),
            [
                {
                    "kind": "part.issued",
                    "subject": "LZZ1",
                    "company_id": self.store_a1.id,
                    "store": "TA/A1",
                    "user_id": clerk.id,
                    "at": Datetime.to_datetime("2026-11-24 08:00:00"),
                    "body": '{"part":"A-1","quantity":2}',
                }
            ],
        )

    def test_anybody_who_works_may_cause_an_entry(self):
        technician = self.user("technician", self.store_a1)
        entries = self.env["dms.log.entry"].with_user(technician)
        self.assertTrue(entries._append([self._vals()]))

    def test_a_company_that_is_no_store_goes_by_its_number(self):
        company = self.env["res.company"].create({"name": "Head office"})
        self.assertEqual(self.append(store=company).store, f"#{company.id}")

    def test_the_code_of_the_store_is_that_of_the_time(self):
        entry = self.append()
        self.store_a1.dms_store_code = "A1-NEW"
        self.assertEqual(entry.store, "TA/A1")
        self.assertEqual(self.append().store, "TA/A1-NEW")

    def test_floats_are_refused_with_their_place(self):
        for body in ({"price": 1.5}, {"lines": [{"price": 0.1}]}):
            with self.assertRaisesRegex(EntryError, "price is a float"):
                self.append(body=body)

    def test_what_json_has_not_is_refused(self):
        for value in (Datetime.now(), b"x", {1}, self.store_a1, 2**53):
            with self.assertRaises(EntryError):
                self.append(body={"value": value})

    def test_a_body_is_an_object(self):
        for body in ([], "text", None):
            with self.assertRaisesRegex(EntryError, "object"):
                self.append(body=body)

    def test_a_body_too_long_for_a_leaf_is_refused(self):
        with self.assertRaisesRegex(EntryError, "60000 bytes"):
            self.append(body={"text": "长" * 20_001})

    def test_subject_and_kind_are_printable(self):
        for bad in ("", "a\tb", "a\nb", "a\0", "\ud800", None):
            with self.assertRaises(EntryError), self.env.cr.savepoint():
                self.append(subject=bad)
            with self.assertRaises(EntryError), self.env.cr.savepoint():
                self.append(kind=bad)

    def test_a_rolled_back_transaction_leaves_no_entry(self):
        before = self.env["dms.log.entry"].search_count([])
        with self.env.cr.savepoint() as savepoint:
            self.append(3)
            savepoint.rollback()
        self.assertEqual(self.env["dms.log.entry"].search_count([]), before)
        self.assertFalse(self.env["dms.log.waiting"].search_count([]))

    def test_an_entry_waits_and_then_has_its_place(self):
        entries = self.append(2)
        self.assertEqual(entries.mapped("state"), ["waiting", "waiting"])
        self.assertEqual(entries.mapped("leaf_index"), [-1, -1])
        start = self.env["dms.log"]._size()
        self.record()
        self.assertEqual(entries.mapped("state"), ["recorded", "recorded"])
        self.assertEqual(entries.mapped("leaf_index"), [start, start + 1])

    def test_entries_are_found_by_their_state(self):
        old = self.append()
        self.record()
        new = self.append()
        found = self.env["dms.log.entry"].search([("state", "=", "waiting")])
        self.assertIn(new, found)
        self.assertNotIn(old, found)
        found = self.env["dms.log.entry"].search([("state", "!=", "waiting")])
        self.assertIn(old, found)
        self.assertNotIn(new, found)

    def test_a_list_of_entries_costs_two_queries(self):
        self.append(40)
        self.record()
        self.env.flush_all()
        with self.assertQueryCount(2):
            entries = self.env["dms.log.entry"].search_fetch([], ["kind"], limit=40)
            entries.mapped("state")

    def test_the_published_content(self):
        entry = self.append(subject="LZZ7", body={"km": 5})
        self.assertIsNone(entry._content())
        self.record()
        content = entry._content()
        self.assertEqual((content["subject"], content["body"]), ("LZZ7", {"km": 5}))
        self.assertEqual((content["n"], content["prev"]), (1, None))

    def test_managers_and_auditors_read_their_stores_only(self):
        own, sister = self.append(), self.append(store=self.store_a2)
        for role in ("store_manager", "group_admin", "auditor"):
            with self.subTest(role=role):
                entries = self._as(role).search([])
                self.assertIn(own, entries)
                self.assertNotIn(sister, entries)

    def test_other_roles_do_not_read_the_log(self):
        self.append()
        for role in ("sales_manager", "technician", "accountant", "integrator"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._as(role).search([])

    def test_nobody_creates_changes_or_deletes_entries(self):
        entry = self.append()
        admin = self.env.ref("base.user_admin")
        for operation in ("create", "write", "unlink"):
            self.assertFalse(entry.with_user(admin).has_access(operation))
        with self.assertRaises(UserError):
            entry.write({"body": "{}"})
        with self.assertRaises(UserError):
            entry.unlink()

    def test_check_now_proves_the_entry(self):
        entry = self.append(subject="LZZ9")
        self.append(3)
        self.record()
        action = entry.with_user(self.user("auditor", self.store_a1)).action_check()
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn(str(entry.leaf_index), action["params"]["message"])

    def test_check_now_has_to_wait_for_the_place(self):
        with self.assertRaisesRegex(UserError, "waits for its place"):
            self.append().action_check()

    def test_check_now_finds_one_changed_byte(self):
        entry = self.append(body={"km": 10})
        self.record()
        self._forge(
            "UPDATE dms_log_entry SET body = '{\"km\":11}' WHERE id = %s", entry.id
        )
        action = entry.action_check()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertIn("changed the database", action["params"]["message"])

    def test_check_now_finds_a_false_checkpoint(self):
        entry = self.append()
        self.record()
        note = self.latest().note.replace("\n\n", "x\n\n")
        self._forge("UPDATE dms_log_checkpoint SET note = %s", note)
        action = entry.action_check()
        self.assertIn("not signed", action["params"]["message"])

    def test_the_body_stays_readable_json(self):
        body = {"from": "上海", "steps": [1, {"ok": True}], "note": None}
        self.assertEqual(json.loads(self.append(body=body).body), body)

    def test_what_happened_is_said_in_words(self):
        entries = self.append(kind="audit.closed") + self.append(kind="test.unknown")
        self.assertEqual(
            entries.mapped("kind_name"), ["Part of the audit closed", "test.unknown"]
        )

    def test_an_entry_is_found_by_what_happened(self):
        entry = self.append(kind="audit.closed")
        for text in ("part of the AUDIT", "audit.cl"):
            found = self._as("auditor").search([("kind_name", "ilike", text)])
            self.assertIn(entry, found)
        self.assertNotIn(entry, found.search([("kind_name", "ilike", "key of the")]))

    def _as(self, role):
        user = self.user(role, self.store_a1)
        return self.env["dms.log.entry"].with_user(user)

    def _vals(self):
        return {
            "kind": "test.happened",
            "subject": "CAR",
            "company_id": self.store_a1.id,
            "body": {},
        }
