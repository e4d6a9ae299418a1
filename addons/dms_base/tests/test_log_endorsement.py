import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from dms_simulator import Fault
from dms_simulator.ledger import Reply
from dms_simulator.timestamp_authority import TimestampAuthority

from ..merkle import NoteError, PrivateKey, cosign, notes
from ..merkle.notes import COSIGNATURE
from .connectors import ConnectorCommon
from .log_common import LogCommon

NOISE = ("odoo.addons.dms_base.models.dms_outbox_message",)


class WebPage(TimestampAuthority):
    """What answers at the address of an authority that moved away."""

    def accept(self, received):
        return None, Reply(200, b"<html>", "text/html")


@tagged("post_install", "-at_install")
class TestLogWitness(LogCommon):
    """Witnesses sign that the log only grows."""

    def setUp(self):
        super().setUp()
        self.key = PrivateKey.generate("witness.example", COSIGNATURE)
        self.witness = self.env["dms.log.witness"].create(
            {"name": "Witness", "vkey": self.key.public.vkey}
        )
        self.append(subject="LZZ1")
        self.record()
        self.checkpoint = self.latest()

    def line(self, key=None, text=None, time=1_700_000_000):
        text = text or notes.parse(self.checkpoint.note).text
        return cosign(key or self.key, text, time)

    def test_a_signature_of_a_witness_is_kept_and_published(self):
        line = self.line()
        added = self.checkpoint._add_cosignatures(line)
        self.assertRecordValues(
            added, [{"kind": "witness", "name": "Witness", "line": line}]
        )
        self.assertEqual(str(added.at), "2023-11-14 22:13:20")
        self.assertTrue(self.checkpoint.published_note.endswith(line))

    def test_readers_still_find_the_signature_of_the_log(self):
        self.checkpoint._add_cosignatures(self.line())
        keys = self.env["dms.log.key"]._published()._public()
        note = notes.parse(self.checkpoint.published_note)
        self.assertTrue(notes.verify(note, keys))
        self.assertEqual(len(note.signatures), 2)

    def test_a_witness_confirms_a_checkpoint_once(self):
        first = self.checkpoint._add_cosignatures(self.line())
        for time in (1_700_000_000, 1_800_000_000):
            again = self.checkpoint._add_cosignatures(self.line(time=time))
            self.assertEqual(again, first)
        self.assertEqual(self.checkpoint.endorsement_ids, first)

    def test_two_lines_of_one_witness_count_once(self):
        lines = self.line() + self.line(time=1_800_000_000)
        self.assertEqual(len(self.checkpoint._add_cosignatures(lines)), 1)

    def test_a_witness_who_signed_is_not_deleted(self):
        self.checkpoint._add_cosignatures(self.line())
        with self.assertRaisesRegex(UserError, "archived"):
            self.witness.unlink()

    def test_unknown_witnesses_are_passed_over(self):
        stranger = PrivateKey.generate("stranger.example", COSIGNATURE)
        lines = self.line(stranger) + self.line()
        self.assertEqual(self.checkpoint._add_cosignatures(lines).name, "Witness")

    def test_a_signature_under_another_checkpoint_is_refused(self):
        line = self.line(text="other/log\n1\nAAAA\n")
        with self.assertRaises(NoteError) as caught:
            self.checkpoint._add_cosignatures(line)
        self.assertEqual(caught.exception.code, "signature_bad")
        self.assertFalse(self.checkpoint.endorsement_ids)

    def test_what_is_no_signature_line_is_refused(self):
        for lines in ("", "hello\n", "\u2014 a b c\n"):
            with self.assertRaises(NoteError):
                self.checkpoint._add_cosignatures(lines)

    def test_an_archived_witness_is_no_longer_heard(self):
        self.witness.active = False
        self.assertFalse(self.checkpoint._add_cosignatures(self.line()))

    def test_a_witness_has_the_key_of_a_witness(self):
        log_key = PrivateKey.generate("witness.example").public.vkey
        for vkey in ("nonsense", log_key, self.key.public.vkey[:-4]):
            with self.assertRaisesRegex(ValidationError, "not the key of a witness"):
                self.witness.vkey = vkey

    def test_only_system_administrators_choose_witnesses(self):
        manager = self.user("group_admin", self.store_a1)
        with self.assertRaises(AccessError):
            self.witness.with_user(manager).name = "Mine"


@tagged("post_install", "-at_install")
class TestLogTimestamp(LogCommon, ConnectorCommon):
    """An authority outside stamps the last checkpoint, through connector and outbox."""

    def setUp(self):
        super().setUp()
        self.side = self.enterContext(TimestampAuthority())
        self.connector_to(self.side.authority.pem)
        self.append(subject="LZZ1")
        self.record()
        self.checkpoint = self.latest()

    def connector_to(self, pem):
        self.authority = self.connector(
            self.side.url,
            code="tsa",
            provider="rfc3161",
            trusted_roots=pem.decode(),
        )

    def ask(self):
        self.env["dms.log.checkpoint"]._cron_timestamp()
        self.env.flush_all()
        return self.env["dms.outbox.message"].search(
            [("connector_id", "=", self.authority.id)]
        )

    def test_the_last_checkpoint_is_stamped(self):
        message = self.ask()
        self.deliver()
        self.assertEqual(message.state, "delivered")
        self.assertFalse(message.last_error)
        self.assertRecordValues(
            self.checkpoint.endorsement_ids,
            [{"kind": "timestamp", "name": "CN=Test authority"}],
        )

    def test_the_passport_carries_the_stamp(self):
        self.ask()
        self.deliver()
        passport = self.env["dms.log"]._passport("LZZ1")
        self.assertEqual(len(passport["timestamps"]), 1)
        self.assertTrue(json.dumps(passport))

    def test_a_checkpoint_is_stamped_once(self):
        self.assertEqual(len(self.ask()), 1)
        self.assertEqual(len(self.ask()), 1)
        self.append()
        self.record()
        self.assertEqual(len(self.ask()), 2)

    def test_without_authority_nothing_is_asked(self):
        self.authority.state = "draft"
        self.assertFalse(self.ask())

    def test_an_authority_that_is_away_is_asked_again(self):
        self.side.faults.add(Fault(status=503))
        message = self.ask()
        self.deliver()
        self.assertEqual(message.state, "waiting")
        message.next_attempt_at = "2020-01-01"
        self.deliver()
        self.assertEqual(len(self.checkpoint.endorsement_ids), 1)

    def test_a_stamp_nobody_trusts_is_not_kept(self):
        with TimestampAuthority() as stranger:
            self.authority.trusted_roots = stranger.authority.pem.decode()
            message = self.ask()
            with mute_logger(*NOISE):
                self.deliver()
        self.assertFalse(self.checkpoint.endorsement_ids)
        self.assertIn("certificate", message.last_error)

    def test_a_page_is_no_stamp(self):
        self.authority.endpoint = self.enterContext(WebPage()).url
        message = self.ask()
        self.deliver()
        self.assertEqual(message.state, "dead")
        self.assertIn("not a timestamp", message.last_error)
