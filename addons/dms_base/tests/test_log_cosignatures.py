from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers import log as controller
from ..controllers.token_bucket import TokenBuckets
from ..merkle import PrivateKey, cosign, notes
from ..merkle.notes import COSIGNATURE
from .log_common import LogCommon


@tagged("post_install", "-at_install")
class TestLogCosignatures(LogCommon, HttpCase):
    """Witnesses bring their signatures themselves; nobody else brings anything."""

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(controller, "witness_buckets", TokenBuckets(1e6, 1e6))
        )
        self.key = PrivateKey.generate("witness.example", COSIGNATURE)
        self.witness = self.env["dms.log.witness"].create(
            {"name": "Witness", "vkey": self.key.public.vkey}
        )
        self.old, self.new = self._grow(), self._grow()

    def _grow(self):
        self.append(subject="LZZ1")
        self.record()
        return self.latest()

    def line(self, checkpoint=None, key=None, time=1_700_000_000):
        text = notes.parse((checkpoint or self.new).note).text
        return cosign(key or self.key, text, time)

    def post(self, body, query="", kind="text/plain"):
        body = body.encode() if isinstance(body, str) else body
        return self.url_open(
            f"/dms/log/cosignatures{query}", data=body, headers={"Content-Type": kind}
        )

    def assertKept(self, *checkpoints):
        self.env.invalidate_all()
        kept = self.env["dms.log.endorsement"].search([]).checkpoint_id
        self.assertEqual(kept.ids, [one.id for one in checkpoints])

    def assertRefused(self, response, status, reason):
        self.assertEqual(response.status_code, status)
        self.assertIn(reason, response.text)
        self.assertKept()

    def test_a_witness_gets_the_checkpoint_with_its_signature(self):
        response = self.post(self.line())
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.text.endswith(self.line()))
        self.assertKept(self.new)
        published = self.url_open("/dms/log/checkpoint").text
        self.assertEqual(published, response.text)

    def test_without_a_size_it_is_the_last_checkpoint(self):
        self.assertRefused(self.post(self.line(self.old)), 403, "did not sign")

    def test_the_size_names_an_earlier_checkpoint(self):
        response = self.post(self.line(self.old), f"?size={self.old.size}")
        self.assertEqual(response.status_code, 200)
        self.assertKept(self.old)

    def test_a_repetition_changes_nothing(self):
        first = self.post(self.line())
        for again in (self.line(), self.line(time=1_800_000_000)):
            response = self.post(again)
            self.assertEqual((response.status_code, response.text), (200, first.text))
        self.assertEqual(len(self.new.endorsement_ids), 1)

    def test_a_stranger_is_refused(self):
        stranger = PrivateKey.generate("stranger.example", COSIGNATURE)
        response = self.post(self.line(key=stranger))
        self.assertRefused(response, 403, "none of the signatures")

    def test_who_takes_the_name_of_a_witness_is_refused(self):
        other = PrivateKey.generate("witness.example", COSIGNATURE)
        self.assertRefused(self.post(self.line(key=other)), 403, "none of the")

    def test_an_archived_witness_is_refused(self):
        self.witness.active = False
        self.assertRefused(self.post(self.line()), 403, "none of the signatures")

    def test_a_changed_signature_is_refused(self):
        line = self.line()
        place = len(line) - 20
        other = "A" if line[place] != "A" else "B"
        changed = line[:place] + other + line[place + 1 :]
        self.assertRefused(self.post(changed), 403, "did not sign")

    def test_one_false_line_refuses_those_beside_it(self):
        second = PrivateKey.generate("second.example", COSIGNATURE)
        self.witness.copy({"name": "Second", "vkey": second.public.vkey})
        lines = self.line() + self.line(self.old, second)
        self.assertRefused(self.post(lines), 403, "did not sign")

    def test_the_signature_of_the_log_itself_is_none_of_a_witness(self):
        own = self.new.note.rpartition("\n\n")[2]
        self.assertRefused(self.post(own), 403, "none of the signatures")

    def test_what_is_no_line_is_refused(self):
        for body in ("\n", "hello", self.line()[:-1], self.new.note, b"\xff\xfe"):
            with self.subTest(body=body):
                self.assertRefused(self.post(body), 400, "")

    def test_a_form_of_another_site_brings_nothing(self):
        kind = "application/x-www-form-urlencoded"
        self.assertRefused(self.post(self.line(), kind=kind), 400, "")

    def test_a_size_the_log_never_signed_is_refused(self):
        query = f"?size={self.new.size + 1}"
        self.assertRefused(self.post(self.line(), query), 404, "no checkpoint")
        for size in ("", "-1", "x", "9" * 20):
            with self.subTest(size=size):
                self.assertRefused(self.post(self.line(), f"?size={size}"), 400, "size")

    @mute_logger("odoo.http")
    def test_a_long_text_is_refused(self):
        lines = self.line() * 200
        self.assertGreater(len(lines), controller.COSIGNATURES_LIMIT)
        self.assertRefused(self.post(lines), 413, "")

    def test_who_sends_too_often_is_told_to_wait(self):
        buckets = TokenBuckets(rate=0.5, burst=2)
        with patch.object(controller, "witness_buckets", buckets):
            answers = [self.post(self.line()) for _ in range(3)]
        self.assertEqual([a.status_code for a in answers], [200, 200, 429])
        self.assertEqual(answers[-1].headers["Retry-After"], "2")

    def test_it_only_takes(self):
        self.assertEqual(self.url_open("/dms/log/cosignatures").status_code, 405)

    def test_a_witness_gets_no_session(self):
        self.assertNotIn("Set-Cookie", self.post(self.line()).headers)


@tagged("post_install", "-at_install")
class TestLogCosignaturesEmpty(LogCommon, HttpCase):
    """Before the first entry."""

    def test_there_is_nothing_to_sign_yet(self):
        response = self.url_open("/dms/log/cosignatures", data=b"x")
        self.assertEqual(response.status_code, 404)
