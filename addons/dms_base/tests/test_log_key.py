from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..merkle import open_checkpoint
from ..merkle.passport import check
from ..models import log_memory
from ..models.log_refused import LogRefused
from .log_common import LogCommon


@tagged("post_install", "-at_install")
class TestLogKey(LogCommon):
    """Keys that come, go, are lost or stolen, and what the log signs meanwhile."""

    def setUp(self):
        super().setUp()
        self.append(subject="LZZ1")
        self.record()
        self.key = self.env["dms.log.key"]._active()

    def files(self, pattern):
        return list(Path(self.key_folder).glob(pattern))

    def assertStands(self, reason):
        """The log is not signed, for this reason, and says so on the screen."""
        self.append()
        self.env.invalidate_all()
        with self.assertRaises(LogRefused) as caught, self.env.cr.savepoint():
            self.env["dms.log.sequencer"]._sequence()
        self.assertEqual(caught.exception.reason, reason)
        self.assertEqual(self.key.refusal, reason)
        self.assertEqual(self.key.refusal_text, str(caught.exception))

    def assertGoesOn(self):
        self.append()
        self.assertTrue(self.record())
        passport = self.env["dms.log"]._passport("LZZ1")
        keys = self.env["dms.log.key"]._published().mapped("vkey")
        self.assertTrue(check(passport, keys).good)
        self.assertEqual(self.env["dms.log"]._check_all(), [])

    # The first key

    def test_the_first_key_is_made_when_it_is_needed(self):
        self.assertEqual(self.key.state, "active")
        self.assertIn("/dms/log-", self.key.origin)

    def test_the_private_key_is_outside_the_database_for_this_user_only(self):
        (file,) = self.files("*.key")
        self.assertTrue(file.read_text().startswith("PRIVATE+KEY+"))
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        secret = file.read_text().rsplit("+", 1)[1]
        self.assertNotIn(secret, str(self.key.read()))

    def test_a_copy_made_before_the_first_key_takes_a_name_of_its_own(self):
        log_memory.rewrite("log.example", log_memory.Memory("of another", 0, b""))
        with patch.object(
            type(self.key), "_default_origin", lambda _keys: "log.example"
        ):
            self.assertEqual(self.key._first_origin(), "log.example/2")

    def test_a_first_key_that_was_not_kept_is_made_again_under_its_name(self):
        here = self.env["dms.log.sequencer"]._database()
        log_memory.rewrite("log.example", log_memory.Memory(here, 0, b""))
        with patch.object(
            type(self.key), "_default_origin", lambda _keys: "log.example"
        ):
            self.assertEqual(self.key._first_origin(), "log.example")

    def test_there_is_one_active_key(self):
        with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
            self.key.copy({"vkey": "other"})
            self.env.flush_all()

    def test_keys_are_never_deleted(self):
        with self.assertRaisesRegex(UserError, "A key stays"):
            self.key.unlink()

    # Rotation

    def test_both_keys_sign_the_checkpoint_of_a_rotation(self):
        old = self.key
        old.action_rotate()
        new = self.env["dms.log.key"]._active()
        note = self.latest().note
        for key in (old, new):
            self.assertTrue(open_checkpoint(note, key._public()))
        self.assertEqual((old.state, new.state), ("retired", "active"))
        self.assertEqual(old.origin, new.origin)

    def test_after_a_rotation_the_new_key_signs_alone(self):
        self.key.action_rotate()
        self.append()
        self.record()
        new = self.env["dms.log.key"]._active()
        self.assertTrue(open_checkpoint(self.latest().note, new._public()))
        self.assertEqual(self.latest().note.count("\u2014"), 1)

    def test_old_checkpoints_stay_valid_after_a_rotation(self):
        old = self.latest()
        self.key.action_rotate()
        keys = self.env["dms.log.key"]._published()._public()
        self.assertTrue(open_checkpoint(old.note, keys))
        self.assertGoesOn()

    def test_the_log_itself_records_the_new_key(self):
        self.key.action_rotate()
        new = self.env["dms.log.key"]._active()
        entry = self.env["dms.log.entry"].search([("kind", "=", "log.key")], limit=1)
        body = entry._content()["body"]
        expected = {"new": new.vkey, "old": self.key.vkey, "reason": "rotation"}
        self.assertEqual(body, expected)

    def test_a_passport_kept_before_a_rotation_still_counts(self):
        kept = self.env["dms.log"]._passport("LZZ1")
        self.key.action_rotate()
        since = int(kept["checkpoint"].split("\n")[1])
        passport = self.env["dms.log"]._passport("LZZ1", since=since)
        self.assertTrue(check(passport, previous=kept).good)

    def test_only_a_system_administrator_manages_keys(self):
        manager = self.user("group_admin", self.store_a1)
        for action in (
            "action_rotate",
            "action_replace_lost",
            "action_continue",
            "action_adopt",
        ):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(self.key.with_user(manager), action)()
        admin = self.env.ref("base.user_admin")
        self.assertFalse(self.key.with_user(admin).has_access("write"))
        self.key.with_user(admin).action_rotate()
        self.assertEqual(self.key.state, "retired")

    # A lost key

    def test_without_its_private_key_the_log_stands_still(self):
        self.files("*.key")[0].unlink()
        self.assertStands("key_missing")

    def test_a_damaged_private_key_counts_as_lost(self):
        self.files("*.key")[0].write_text("PRIVATE+KEY+nonsense")
        self.assertStands("key_missing")

    def test_a_key_brought_back_lets_the_log_go_on(self):
        (file,) = self.files("*.key")
        content = file.read_bytes()
        file.unlink()
        self.assertStands("key_missing")
        file.write_bytes(content)
        self.assertGoesOn()

    def test_a_lost_key_is_replaced_and_its_checkpoints_stay_valid(self):
        old = self.latest()
        self.files("*.key")[0].unlink()
        self.key.action_replace_lost()
        self.assertEqual(self.key.state, "lost")
        keys = self.env["dms.log.key"]._published()._public()
        self.assertTrue(open_checkpoint(old.note, keys))
        self.assertGoesOn()

    def test_a_key_that_is_there_is_not_lost(self):
        with self.assertRaisesRegex(UserError, "rotate it instead"):
            self.key.action_replace_lost()
        self.assertEqual(self.key.state, "active")

    # A stolen key

    def test_a_stolen_key_is_believed_no_longer(self):
        stolen = self.key
        stolen.action_rotate()
        stolen.action_withdraw()
        passport = self.env["dms.log"]._passport("LZZ1")
        self.assertNotIn(stolen.vkey, passport["log"]["keys"])

    def test_after_a_theft_the_log_goes_on(self):
        self.key.action_rotate()
        self.key.action_withdraw()
        self.assertGoesOn()

    def test_the_active_key_is_rotated_before_it_is_withdrawn(self):
        with self.assertRaisesRegex(UserError, "Rotate the key first"):
            self.key.action_withdraw()

    # A backup was restored: the file in the key folder remembers

    def go_back(self):
        """Take the last entries away, as a restored backup lacks them."""
        size, checkpoint = self.env["dms.log"]._size(), self.latest()
        self.append(3)
        self.record()
        self._forge(
            "DELETE FROM dms_log_checkpoint WHERE id > %s;"
            "DELETE FROM dms_log_leaf WHERE id > %s;"
            "DELETE FROM dms_log_entry"
            " WHERE id > (SELECT max(entry_id) FROM dms_log_leaf)",
            checkpoint.id,
            size,
        )
        return size

    def test_a_log_that_went_back_is_not_signed(self):
        self.go_back()
        self.assertStands("rolled_back")

    def test_a_log_that_went_back_goes_on_under_a_new_name(self):
        size = self.go_back()
        self.key.action_continue()
        new = self.env["dms.log.key"]._active()
        self.assertEqual(new.origin, f"{self.key.origin}/2")
        self.assertEqual(self.latest().origin, new.origin)
        self.assertGreater(self.latest().size, size)
        self.assertGoesOn()

    def test_the_new_name_says_what_was_lost(self):
        self.go_back()
        self.key.action_continue()
        entry = self.env["dms.log.entry"].search([("kind", "=", "log.key")], limit=1)
        body = entry._content()["body"]
        self.assertEqual(body["reason"], "rolled_back")
        memory = log_memory.recall(self.key.origin)
        self.assertEqual(body["lost_size"], memory.size)

    def test_a_second_time_the_number_rises(self):
        self.go_back()
        self.key.action_continue()
        self.env.cr.postcommit.run()
        key = self.env["dms.log.key"]._active()
        self.go_back()
        key.action_continue()
        origin = self.env["dms.log.key"]._active().origin
        self.assertEqual(origin, f"{self.key.origin}/3")

    def test_a_log_that_did_not_go_back_is_not_continued(self):
        with self.assertRaisesRegex(UserError, "has not gone back"):
            self.key.action_continue()

    def test_readers_notice_a_log_that_went_back(self):
        self.append(3)
        self.record()
        kept = self.latest().note
        self._forge(
            "DELETE FROM dms_log_leaf WHERE id > 1;"
            "DELETE FROM dms_log_checkpoint WHERE size > 1"
        )
        passport = self.env["dms.log"]._passport("LZZ1")
        codes = [found.code for found in check(passport, previous=kept).findings]
        self.assertEqual(codes, ["log_rolled_back"])

    # A file that is gone, a copy of the database, rows changed by hand

    def test_without_memory_the_log_is_not_signed(self):
        self.files("*.state")[0].unlink()
        self.assertStands("memory_missing")

    def test_a_copy_of_the_database_does_not_sign(self):
        self._move_elsewhere()
        self.assertStands("copied")

    def test_a_copy_goes_on_under_a_name_of_its_own(self):
        self._move_elsewhere()
        self.key.action_continue()
        self.assertGoesOn()

    def test_on_a_new_server_the_log_goes_on_under_its_name(self):
        self._move_elsewhere()
        self.key.action_adopt()
        self.assertFalse(self.key.refusal)
        self.assertGoesOn()

    def test_a_copy_that_lacks_entries_is_not_adopted(self):
        self.go_back()
        self._move_elsewhere()
        with self.assertRaises(LogRefused) as caught:
            self.key.action_adopt()
        self.assertEqual(caught.exception.reason, "rolled_back")
        self.assertEqual(self.key.refusal, "copied")

    def test_the_database_that_signs_needs_no_adoption(self):
        with self.assertRaisesRegex(UserError, "is the one"):
            self.key.action_adopt()

    def test_nothing_is_signed_on_top_of_changed_leaves(self):
        self._forge("UPDATE dms_log_leaf SET hash = %s WHERE id = 1", "A" * 43 + "=")
        self.assertStands("forked")

    def test_nothing_is_signed_on_top_of_leaves_without_checkpoint(self):
        self.append()
        self.record()
        self._forge("DELETE FROM dms_log_checkpoint WHERE id = %s", self.latest().id)
        self.assertStands("forked")

    def test_a_memory_that_lags_behind_is_caught_up(self):
        """The server died between the commit and the file."""
        self.append()
        self.env["dms.log.sequencer"]._sequence()
        self.env.cr.postcommit.clear()
        self.env.invalidate_all()
        self.assertGoesOn()

    def test_a_memory_that_lags_behind_still_tells_a_fork(self):
        memory = log_memory.recall(self.key.origin)
        self.append(300)
        self.record()
        other = log_memory.Memory(memory.database, memory.size, b"x" * 32)
        log_memory.rewrite(self.key.origin, other)
        self.assertStands("forked")

    def test_an_older_memory_never_replaces_a_newer_one(self):
        memory = log_memory.recall(self.key.origin)
        self.append()
        self.record()
        newer = log_memory.recall(self.key.origin)
        log_memory.remember(self.key.origin, memory)
        self.assertEqual(log_memory.recall(self.key.origin), newer)

    def _move_elsewhere(self):
        sequencer = type(self.env["dms.log.sequencer"])
        self.startPatcher(patch.object(sequencer, "_database", lambda self: "9/9"))
