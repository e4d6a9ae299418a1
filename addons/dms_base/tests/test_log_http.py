import base64
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..controllers import log as controller
from ..controllers.token_bucket import TokenBuckets
from ..merkle import (
    decode,
    leaf_hash,
    open_checkpoint,
    unpack_entries,
    verify_consistency,
    verify_inclusion,
)
from .log_common import LogCommon, append, record


@tagged("post_install", "-at_install")
class TestLogHttp(LogCommon, HttpCase):
    """What anybody reads of the log, without logging in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.object(controller, "buckets", TokenBuckets(1e6, 1e6))
        )
        cls.old, cls.new = cls._grow(), cls._grow()

    @classmethod
    def _grow(cls):
        append(cls.env, cls.store_a1, 300)
        record(cls.env)
        return cls.env["dms.log.checkpoint"]._latest()

    def get(self, path):
        return self.url_open(f"/dms/log/{path}")

    def proof(self, path):
        response = self.get(path)
        self.assertEqual(response.status_code, 200, response.text)
        return [base64.b64decode(line) for line in response.text.splitlines()]

    def assertRefused(self, path, status, reason):
        response = self.get(path)
        self.assertEqual(response.status_code, status)
        self.assertIn(reason, response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_the_checkpoint_is_signed(self):
        response = self.get("checkpoint")
        keys = self.env["dms.log.key"]._published()._public()
        checkpoint = open_checkpoint(response.text, keys)
        self.assertEqual(checkpoint.size, self.new.size)
        self.assertEqual(response.headers["Content-Type"], "text/plain; charset=utf-8")

    def test_the_checkpoint_is_kept_for_seconds_only(self):
        cache = self.get("checkpoint").headers["Cache-Control"]
        self.assertEqual(cache, "public, max-age=2")

    def test_the_keys_are_there_to_compare(self):
        keys = self.env["dms.log.key"]._published().mapped("vkey")
        self.assertEqual(self.get("keys").text.splitlines(), keys)

    def test_a_full_tile_never_changes(self):
        response = self.get("tile/0/000")
        self.assertEqual(len(response.content), 8192)
        self.assertEqual(response.headers["Content-Type"], "application/octet-stream")
        self.assertIn("immutable", response.headers["Cache-Control"])

    def test_a_partial_tile_of_a_published_size(self):
        full, width = divmod(self.new.size, 256)
        response = self.get(f"tile/0/{full:03d}.p/{width}")
        self.assertEqual(len(response.content), width * 32)

    def test_a_partial_tile_is_served_after_it_became_full(self):
        response = self.get("tile/0/000.p/7")
        self.assertEqual(response.content, self.get("tile/0/000").content[: 7 * 32])

    def test_a_tile_of_the_next_level(self):
        width = self.new.size // 256
        self.assertEqual(len(self.get(f"tile/1/000.p/{width}").content), width * 32)

    def test_entries_come_in_bundles(self):
        entries = unpack_entries(self.get("tile/entries/000").content)
        hashes = self.get("tile/0/000").content
        self.assertEqual(b"".join(map(leaf_hash, entries)), hashes)
        self.assertTrue(all(map(decode, entries)))

    def test_a_follower_rebuilds_the_root_from_entries(self):
        full, width = divmod(self.new.size, 256)
        paths = [f"tile/entries/{n:03d}" for n in range(full)]
        paths += [f"tile/entries/{full:03d}.p/{width}"] if width else []
        entries = [
            entry for path in paths for entry in unpack_entries(self.get(path).content)
        ]
        self.assertEqual(len(entries), self.new.size)
        self.assertEqual(self.root_of_all(), self.new._root())

    def test_tiles_beyond_the_log_are_not_there(self):
        for path in (
            "tile/0/999",
            "tile/5/000",
            "tile/entries/999",
            "tile/0/002.p/255",
        ):
            with self.subTest(path=path):
                self.assertRefused(path, 404, "no such tile yet")

    def test_what_is_no_tile_is_refused_with_the_reason(self):
        for path in ("tile/0/1", "tile/x/000", "tile/0/000.p/0", "tile/0/x000/000"):
            with self.subTest(path=path):
                self.assertRefused(path, 400, "is not the path of a tile")

    def test_an_inclusion_proof_leads_to_the_root(self):
        for index in (0, 299, self.new.size - 1):
            proof = self.proof(f"proof/inclusion?index={index}&size={self.new.size}")
            (leaf,) = self.env["dms.log"]._leaves(index, index + 1)
            root = self.new._root()
            verify_inclusion(leaf_hash(leaf), index, self.new.size, proof, root)

    def test_an_inclusion_proof_in_an_older_log(self):
        proof = self.proof(f"proof/inclusion?index=5&size={self.old.size}")
        (leaf,) = self.env["dms.log"]._leaves(5, 6)
        root = self.old._root()
        verify_inclusion(leaf_hash(leaf), 5, self.old.size, proof, root)

    def test_a_consistency_proof_joins_two_checkpoints(self):
        old, new = self.old, self.new
        proof = self.proof(f"proof/consistency?old={old.size}&new={new.size}")
        verify_consistency(old.size, new.size, old._root(), new._root(), proof)

    def test_proofs_need_two_numbers(self):
        for query in (
            "inclusion",
            "inclusion?index=1",
            "inclusion?index=-1&size=5",
            "inclusion?index=a&size=5",
            "inclusion?index=1.5&size=5",
            "inclusion?index=٣&size=5",
            "inclusion?index=1&size=99999999999999999999",
            "consistency?old=&new=5",
        ):
            with self.subTest(query=query):
                self.assertRefused(f"proof/{query}", 400, "whole numbers")

    def test_proofs_of_what_is_not_there_are_refused(self):
        size = self.new.size
        self.assertRefused(f"proof/inclusion?index=1&size={size + 1}", 404, "not that")
        self.assertRefused("proof/inclusion?index=5&size=5", 400, "has no leaf 5")
        self.assertRefused("proof/consistency?old=5&new=4", 400, "comes before")
        self.assertRefused("proof/consistency?old=0&new=4", 400, "comes before")

    def test_entries_that_wait_are_not_published(self):
        self.append()
        full, width = divmod(self.new.size, 256)
        self.assertRefused(f"tile/entries/{full:03d}.p/{width + 1}", 404, "no such")

    def test_browsers_of_other_sites_may_check(self):
        headers = self.get("checkpoint").headers
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")

    def test_readers_get_no_session(self):
        self.assertNotIn("Set-Cookie", self.get("tile/0/000").headers)

    def test_who_asks_too_often_is_told_to_wait(self):
        with patch.object(controller, "buckets", TokenBuckets(rate=0.5, burst=2)):
            for status in (200, 200, 429):
                response = self.get("checkpoint")
                self.assertEqual(response.status_code, status)
        self.assertEqual(response.headers["Retry-After"], "2")

    def test_nothing_is_written_through_these_routes(self):
        for path in ("checkpoint", "tile/0/000", "proof/inclusion?index=0&size=1"):
            response = self.url_open(f"/dms/log/{path}", data={"a": "b"})
            self.assertEqual(response.status_code, 405)


@tagged("post_install", "-at_install")
class TestLogHttpEmpty(LogCommon, HttpCase):
    """Before the first entry."""

    def test_there_is_no_checkpoint_yet(self):
        response = self.url_open("/dms/log/checkpoint")
        self.assertEqual(response.status_code, 404)
        self.assertIn("nothing was recorded yet", response.text)

    def test_there_are_no_tiles_yet(self):
        self.assertEqual(self.url_open("/dms/log/tile/0/000").status_code, 404)
