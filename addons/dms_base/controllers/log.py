"""The log as everybody reads it: C2SP tlog-tiles, and proofs ready made.

All of it is public: leaves carry no personal data. Every route that reads may be served
by a replica and kept by caches. The one that writes takes signatures of witnesses that
were registered, and nothing else.
"""

from odoo.http import Controller, request, route

from ..merkle import HASH_SIZE, NoteError, Tile, pack_entries
from ..merkle.entries import encode_base64
from ..merkle.tiles import WIDTH
from .door import door
from .limit import limited
from .token_bucket import TokenBuckets

FOREVER = "public, max-age=31536000, immutable"
MOMENT = "public, max-age=2"
BINARY = "application/octet-stream"
TEXT = "text/plain; charset=utf-8"
REFUSAL = {"Content-Type": TEXT, "Cache-Control": "no-store"}

COSIGNATURES_LIMIT = 16_384

# A follower reads a log of a million entries in some 8,000 requests.
buckets = TokenBuckets(rate=50, burst=400)
# A witness signs once for a checkpoint, and there is one checkpoint a minute.
witness_buckets = TokenBuckets(rate=0.5, burst=20)


def published(path):
    """A public route that only reads."""
    options = {"type": "http", "auth": "public", "save_session": False}
    reads = route(path, methods=["GET"], readonly=True, **options)
    return lambda endpoint: reads(limited(endpoint, lambda: buckets, REFUSAL))


def accepting(path, limit):
    """A public route that takes a text of at most ``limit`` bytes."""
    takes = door(path, limit)
    return lambda endpoint: takes(limited(endpoint, lambda: witness_buckets, REFUSAL))


def _answer(content, kind, cache):
    headers = {
        "Content-Type": kind,
        "Cache-Control": cache,
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    return request.make_response(content, headers)


def _refuse(status, reason):
    return request.make_response(f"{reason}\n", REFUSAL, status=status)


def _hashes(hashes):
    """A proof as text: one hash in base64 per line, as in tlog-proof."""
    return "".join(f"{encode_base64(value)}\n" for value in hashes)


class LogController(Controller):
    @published("/dms/log/checkpoint")
    def checkpoint(self, **_ignored):
        checkpoint = self._latest()
        if not checkpoint:
            return _refuse(404, "nothing was recorded yet")
        return _answer(checkpoint.published_note, TEXT, MOMENT)

    @published("/dms/log/keys")
    def keys(self, **_ignored):
        """All public keys of the log, one per line, the newest first."""
        keys = self._env()["dms.log.key"]._published()
        return _answer("".join(f"{key.vkey}\n" for key in keys), TEXT, MOMENT)

    @published("/dms/log/tile/<path:place>")
    def tile(self, place, **_ignored):
        try:
            tile = Tile.parse(f"tile/{place}")
        except ValueError as error:
            return _refuse(400, str(error))
        if tile.end > self._size():
            return _refuse(404, "the log has no such tile yet")
        content = self._entries(tile) if tile.level is None else self._tile(tile)
        return _answer(content, BINARY, FOREVER)

    @published("/dms/log/proof/inclusion")
    def inclusion(self, index=None, size=None, **_ignored):
        """``?index=5&size=70000``: the hashes from that leaf up to the root."""
        return self._prove("_inclusion_proof", index, size)

    @published("/dms/log/proof/consistency")
    def consistency(self, old=None, new=None, **_ignored):
        """``?old=100&new=70000``: the hashes that prove nothing changed since."""
        return self._prove("_consistency_proof", old, new)

    @accepting("/dms/log/cosignatures", COSIGNATURES_LIMIT)
    def cosignatures(self, size=None, **_ignored):
        """``?size=70000``: take signature lines of witnesses under that checkpoint.

        The answer is the checkpoint with all its signatures.
        """
        try:
            checkpoint = self._signed_at(size)
            lines = request.httprequest.get_data().decode()
        except ValueError:
            return _refuse(400, "a size in figures and lines in UTF-8 are needed")
        if not checkpoint:
            return _refuse(404, "the log has no checkpoint of this size")
        try:
            known = checkpoint._add_cosignatures(lines)
        except NoteError as error:
            status = 403 if error.code == "signature_bad" else 400
            return _refuse(status, str(error))
        if not known:
            return _refuse(403, "none of the signatures is by a known witness")
        return _answer(checkpoint.published_note, TEXT, "no-store")

    def _signed_at(self, size):
        """Return the checkpoint of a size, the last one if none is named."""
        if size is None:
            return self._latest()
        checkpoints = self._env()["dms.log.checkpoint"]
        return checkpoints.search([("size", "=", _number(size))], limit=1)

    def _prove(self, method, first, second):
        try:
            first, second = _number(first), _number(second)
        except ValueError:
            return _refuse(400, "two whole numbers are needed")
        if second > self._size():
            return _refuse(404, "the log is not that long yet")
        try:
            proof = getattr(self._env()["dms.log"], method)(first, second)
        except ValueError as error:
            return _refuse(400, str(error))
        return _answer(_hashes(proof), TEXT, FOREVER)

    def _env(self):
        # everything these routes read is published by the protocol
        return request.env(su=True)

    def _latest(self):
        return self._env()["dms.log.checkpoint"]._latest()

    def _size(self):
        return self._latest().size

    def _tile(self, tile):
        hashes = self._env()["dms.log"]._tile(tile.level, tile.index)
        return hashes[: tile.width * HASH_SIZE]

    def _entries(self, tile):
        start = tile.index * WIDTH
        leaves = self._env()["dms.log"]._leaves(start, start + tile.width)
        return pack_entries(leaves)


def _number(text):
    """:raise ValueError: unless it is a number of at most 15 digits"""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 15:
        raise ValueError(text)
    return int(text)
