from unittest.mock import patch

from odoo.tests import tagged

from ..merkle import (
    Checkpoint,
    leaf_hash,
    notes,
    open_checkpoint,
    verify_consistency,
    verify_inclusion,
)
from ..merkle.entries import encode_base64
from ..merkle.passport import check
from ..models import log_memory
from .log_common import LogCommon


@tagged("post_install", "-at_install")
class TestLogSequencer(LogCommon):
    """Entries get their places in batches, and each batch is signed."""

    def setUp(self):
        super().setUp()
        self.sequencer = self.env["dms.log.sequencer"]
        self.log = self.env["dms.log"]

    def test_a_batch_takes_those_that_waited_longest(self):
        entries = self.append(5)
        self.assertEqual(self.sequencer._sequence(limit=3), 3)
        entries.invalidate_recordset()
        states = entries.mapped("state")
        self.assertEqual(states, ["recorded"] * 3 + ["waiting"] * 2)
        self.assertEqual(self.sequencer._sequence(limit=3), 2)

    def test_nothing_waits_nothing_is_signed(self):
        self.record()
        before = self.latest()
        self.assertEqual(self.sequencer._sequence(), 0)
        self.assertEqual(self.latest(), before)

    def test_the_checkpoint_says_size_and_root(self):
        self.append(300)
        self.record()
        keys = self.env["dms.log.key"]._published()._public()
        signed = open_checkpoint(self.latest().note, keys)
        self.assertEqual(signed.size, self.log._size())
        self.assertEqual(signed.root, self.root_of_all())
        self.assertEqual(self.latest().size, signed.size)

    def test_batches_of_any_size_give_the_root_of_the_whole(self):
        for count in (1, 255, 1, 300, 700):
            self.append(count)
            self.record()
            self.assertEqual(self.latest()._root(), self.root_of_all())

    def test_full_tiles_are_kept_with_their_roots(self):
        self.append(600)
        self.record()
        size = self.log._size()
        tiles = self.env["dms.log.tile"].search([("level", "=", 0)])
        self.assertEqual(len(tiles), size // 256)
        leaves = self.log._leaves(0, 256)
        self.assertEqual(self.log._tile(0, 0), b"".join(map(leaf_hash, leaves)))

    def test_partial_tiles_are_computed(self):
        self.append(300)
        self.record()
        size = self.log._size()
        full, width = divmod(size, 256)
        self.assertEqual(len(self.log._tile(0, full)), width * 32)
        self.assertEqual(len(self.log._tile(1, 0)), full * 32)

    def test_every_entry_is_proven_below_the_checkpoint(self):
        self.append(300)
        self.record()
        size, root = self.latest().size, self.latest()._root()
        for index in (0, 1, 255, 256, size - 1):
            (leaf,) = self.log._leaves(index, index + 1)
            proof = self.log._inclusion_proof(index, size)
            verify_inclusion(leaf_hash(leaf), index, size, proof, root)

    def test_checkpoints_are_consistent_with_each_other(self):
        checkpoints = []
        for count in (3, 260, 20):
            self.append(count)
            self.record()
            checkpoints.append(self.latest())
        for old, new in zip(checkpoints, checkpoints[1:], strict=False):
            proof = self.log._consistency_proof(old.size, new.size)
            verify_consistency(old.size, new.size, old._root(), new._root(), proof)

    def test_the_entries_of_a_car_form_a_chain(self):
        entries = self.append(3, subject="LZZ1")
        self.record()
        entries += self.append(subject="LZZ1")
        self.record()
        contents = [entry._content() for entry in entries]
        self.assertEqual([content["n"] for content in contents], [1, 2, 3, 4])
        self.assertIsNone(contents[0]["prev"])
        for before, entry in zip(entries, contents[1:], strict=False):
            start = before.leaf_index
            (leaf,) = self.log._leaves(start, start + 1)
            self.assertEqual(entry["prev"], encode_base64(leaf_hash(leaf)))

    def test_subjects_of_any_letters_survive_the_copy(self):
        subject = "京A·12345 \\ \\N \\t \"quoted\" 'x' \\."
        entry = self.append(subject=subject)
        self.record()
        self.assertEqual(entry._content()["subject"], subject)
        self.assertEqual(entry.action_check()["params"]["type"], "success")

    def test_the_cost_of_a_batch_does_not_grow_with_it(self):
        self.append(10)
        self.record()
        self.append(10)
        with self.assertQueryCount(30):
            self.sequencer._sequence()
        self.append(500)
        with self.assertQueryCount(30):
            self.sequencer._sequence()

    def test_a_failure_leaves_entries_waiting(self):
        entries = self.append(3)
        size = self.log._size()
        with (
            patch.object(type(self.sequencer), "_sign", side_effect=OSError),
            self.assertRaises(OSError),
            self.env.cr.savepoint(),
        ):
            self.sequencer._sequence()
        entries.invalidate_recordset()
        self.assertEqual(entries.mapped("state"), ["waiting"] * 3)
        self.assertEqual(self.log._size(), size)
        self.assertEqual(self.record(), 3)

    def test_the_cron_records_all_batches(self):
        entries = self.append(25)
        batch = "odoo.addons.dms_base.models.dms_log_sequencer.BATCH"
        with patch(batch, 10), self.enter_registry_test_mode():
            self.env.ref("dms_base.ir_cron_dms_log").method_direct_trigger()
        entries.invalidate_recordset()
        self.assertEqual(set(entries.mapped("state")), {"recorded"})

    def test_the_cron_reports_a_refusal_and_goes_on_living(self):
        self.append()
        self.record()
        self.append()
        name = "odoo.addons.dms_base.models.dms_log_sequencer"
        with (
            patch.object(log_memory, "recall", lambda origin: None),
            self.assertLogs(name, "ERROR") as logs,
            self.enter_registry_test_mode(),
        ):
            self.env.ref("dms_base.ir_cron_dms_log").method_direct_trigger()
        self.assertIn("not signed", logs.output[0])

    # A passport out of the database

    def test_a_passport_is_proven(self):
        for kind in ("ordered", "sold", "delivered"):
            self.append(kind=f"vehicle.{kind}", subject="LZZ1")
            self.append(100)
            self.record()
        report = self._check(self.log._passport("LZZ1"))
        self.assertTrue(report.good, report.findings)
        kinds = [entry["kind"] for entry in report.entries.values()]
        self.assertEqual(
            kinds, ["vehicle.ordered", "vehicle.sold", "vehicle.delivered"]
        )

    def test_a_passport_proves_growth_since_an_older_one(self):
        self.append(subject="LZZ1")
        self.record()
        older = self.log._passport("LZZ1")
        self.append(300, subject="LZZ1")
        self.record()
        since = older["checkpoint"].split("\n")[1]
        newer = self.log._passport("LZZ1", since=int(since))
        self.assertTrue(self._check(newer, previous=older).good)

    def test_a_passport_costs_few_queries(self):
        self.append(600, subject="LZZ1")
        self.record()
        self.log._passport("LZZ1")
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            self.log._passport("LZZ1")

    def test_one_changed_byte_is_named_by_the_passport(self):
        entries = self.append(3, subject="LZZ1")
        self.record()
        self._forge(
            "UPDATE dms_log_entry SET body = '{\"number\":9}' WHERE id = %s",
            entries[1].id,
        )
        self.assertFound("LZZ1", ("entry_not_in_log", 2))

    def test_a_removed_event_is_named_by_the_passport(self):
        entries = self.append(3, subject="LZZ1")
        self.record()
        self._forge("DELETE FROM dms_log_leaf WHERE entry_id = %s", entries[1].id)
        self.assertIn(("entry_left_out", 2), self._findings("LZZ1"))

    def test_swapped_leaves_are_named_by_the_passport(self):
        one, other = self.append(2, subject="LZZ1")
        self.record()
        self._forge(
            "UPDATE dms_log_leaf SET id = -id WHERE entry_id = %s;"
            "UPDATE dms_log_leaf SET id = id - 1 WHERE entry_id = %s;"
            "UPDATE dms_log_leaf SET id = 1 - id WHERE entry_id = %s",
            one.id,
            other.id,
            one.id,
        )
        found = self._findings("LZZ1")
        self.assertIn(("entry_not_in_log", 1), found)
        self.assertIn(("entry_not_in_log", 2), found)

    def _check(self, passport, previous=None):
        keys = self.env["dms.log.key"]._published().mapped("vkey")
        return check(passport, keys, previous)

    def _findings(self, subject):
        report = self._check(self.log._passport(subject))
        return [(finding.code, finding.event) for finding in report.findings]

    def assertFound(self, subject, finding):
        self.assertEqual(self._findings(subject), [finding])

    # The whole log computed anew

    def test_an_untouched_log_agrees_with_all_it_signed(self):
        for count in (3, 300):
            self.append(count)
            self.record()
        self.assertEqual(self.log._check_all(), [])

    def test_the_whole_check_names_a_changed_leaf(self):
        entry = self.append(3)[1]
        self.record()
        index = entry.leaf_index
        self._forge("UPDATE dms_log_entry SET kind = 'x' WHERE id = %s", entry.id)
        self.assertIn(("leaf_changed", index), self._problems())

    def test_the_whole_check_finds_a_log_written_anew(self):
        entry = self.append(3)[1]
        self.record()
        index = entry.leaf_index
        self._forge("UPDATE dms_log_entry SET kind = 'x' WHERE id = %s", entry.id)
        (leaf,) = self.log._leaves(index, index + 1)
        value = encode_base64(leaf_hash(leaf))
        query = "UPDATE dms_log_leaf SET hash = %s WHERE id = %s"
        self._forge(query, value, index + 1)
        self.assertEqual({code for code, _at in self._problems()}, {"tree_changed"})

    def test_the_whole_check_finds_leaves_cut_off(self):
        self.append(3)
        self.record()
        self._forge("DELETE FROM dms_log_leaf WHERE id = %s", self.log._size())
        self.assertIn(("leaf_missing", self.log._size()), self._problems())

    def test_the_whole_check_finds_a_checkpoint_nobody_signed(self):
        self.append()
        self.record()
        key = notes.PrivateKey.generate(self.latest().origin)
        text = Checkpoint(key.name, self.latest().size, b"x" * 32).text
        note = notes.write(text, [key.sign(text)])
        query = "UPDATE dms_log_checkpoint SET note = %s WHERE id = %s"
        self._forge(query, note, self.latest().id)
        self.assertIn(("checkpoint_false", 0), self._problems())

    def test_the_whole_check_finds_an_entry_hidden_from_the_sequencer(self):
        entry = self.append()
        self.env.cr.execute("DELETE FROM dms_log_waiting")
        self.assertIn(("entry_forgotten", entry.id), self._problems())

    def _problems(self):
        return [(problem.code, problem.index) for problem in self.log._check_all()]
