import io
import logging
from functools import partial
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..merkle import EMPTY_ROOT, encode, leaf_hash
from ..merkle.entries import encode_base64
from ..merkle.growth import edges_of, grow, root_of
from ..merkle.prove import range_root
from ..merkle.tiles import TileReader
from . import log_memory
from .dms_log import LEAF
from .log_refused import LogRefused

_logger = logging.getLogger(__name__)

BATCH = 10_000
LOCK = 0x646D736C6F67  # "dmslog": one sequencer at a time in a database


class Leaf(NamedTuple):
    """A new leaf: one row of dms_log_leaf without its place."""

    entry_id: int
    subject: str
    n: int
    prev: str | None
    hash: bytes


class DmsLogSequencer(models.AbstractModel):
    """Gives committed entries their places and signs what the log has become.

    A batch is one transaction: places, tiles and checkpoint appear together or not at
    all, so it may be killed at any moment.
    """

    _name = "dms.log.sequencer"
    _description = "Sequencer of the Log"

    @api.model
    def _cron_sequence(self):
        """Record all waiting entries, batch by batch; refusals wait for people."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self._count_waiting())
        try:
            while count := self._sequence():
                if not cron._commit_progress(count):
                    break
        except LogRefused as refusal:
            self.env.cr.rollback()
            _logger.error("The log is not signed: %s", refusal)

    @api.model
    def _sequence(self, limit=BATCH, signers=None):
        """Record one batch of waiting entries in the current transaction.

        :param limit: entries at most
        :param signers: dms.log.key records that sign; without them the active one
        :return: how many were recorded; 0 also if another sequencer is at work
        :raise LogRefused: if the log is not what it last signed
        :raise SerializationFailure: if another sequencer was faster; try again
        """
        if not self._is_alone() or not self._count_waiting(1):
            return 0
        # First of all: fails if this transaction began before the last batch ended.
        taken = self._take(limit)
        # whoever asks, the log is signed by its own keys
        signers = signers or self.env["dms.log.key"].sudo()._active()
        size = self.env["dms.log"]._size()
        edges = edges_of(size, self.env["dms.log"]._tile)
        self._check_before(signers, size, root_of(edges))
        leaves = self._chain(taken)
        growth = grow(size, edges, [leaf.hash for leaf in leaves])
        self._write_leaves(size, leaves)
        self._write_tiles(growth.tiles)
        self._sign(signers, growth)
        return len(leaves)

    def _is_alone(self):
        query = SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK)
        return self.env.execute_query(query)[0][0]

    def _count_waiting(self, limit=None):
        """Return how many entries wait, counting no further than ``limit``."""
        query = SQL(
            "SELECT count(*) FROM (SELECT FROM dms_log_waiting LIMIT %s) w", limit
        )
        return self.env.execute_query(query)[0][0]

    # Nothing is signed that contradicts what was signed before

    @api.model
    def _check_before(self, signers, size=None, root=None):
        """:raise LogRefused: if the last of ``signers`` may not sign what follows"""
        if refusal := self._find_refusal(signers[-1], size, root):
            raise LogRefused(self.env, refusal)

    @api.model
    def _find_refusal(self, key, size=None, root=None):
        """Return why the log cannot be signed with ``key``, None if it can.

        :return: a reason of ``LogRefused``
        """
        log = self.env["dms.log"]
        size = log._size() if size is None else size
        if root is None:
            root = root_of(edges_of(size, log._tile))
        memory = log_memory.recall(key.origin)
        if memory is None:
            return "memory_missing"
        if memory.database != self._database():
            return "copied"
        if memory.size > size:
            return "rolled_back"
        if (
            not self._is_last_signed(size, root)
            or self._root(memory.size) != memory.root
        ):
            return "forked"
        return None

    @api.model
    def _database(self):
        """Return what tells this database from its copies, whatever their names."""
        query = SQL(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        )
        return "/".join(map(str, self.env.execute_query(query)[0]))

    def _is_last_signed(self, size, root):
        checkpoint = self.env["dms.log.checkpoint"].sudo()._latest()  # public
        if not checkpoint:
            return size == 0
        return (checkpoint.size, checkpoint._root()) == (size, root)

    def _root(self, size):
        """Return the root the log had at ``size``."""
        if not size:
            return EMPTY_ROOT
        return range_root(0, size, TileReader(self.env["dms.log"]._tile))

    # One batch

    def _take(self, limit):
        """Return the entries that waited longest, and let them wait no more."""
        return self.env.execute_query(
            SQL(
                "WITH taken AS (DELETE FROM dms_log_waiting WHERE id IN"
                " (SELECT id FROM dms_log_waiting ORDER BY id LIMIT %s) RETURNING id)"
                " SELECT e.id, %s FROM taken JOIN dms_log_entry e USING (id)"
                " ORDER BY e.id",
                limit,
                LEAF,
            )
        )

    def _chain(self, rows):
        """Number the entries of each subject and link each to the one before."""
        heads, leaves = self._heads({row[2] for row in rows}), []
        for entry_id, kind, subject, at, store, body in rows:
            n, prev = heads.get(subject, (0, None))
            n += 1
            value = leaf_hash(encode(kind, subject, at, store, body, n, prev))
            heads[subject] = (n, encode_base64(value))
            leaves.append(Leaf(entry_id, subject, n, prev, value))
        return leaves

    def _heads(self, subjects):
        """Return number and hash of the last entry of each subject that has one."""
        rows = self.env.execute_query(
            SQL(
                "SELECT s.subject, l.n, l.hash FROM unnest(%s) AS s(subject)"
                " CROSS JOIN LATERAL (SELECT n, hash FROM dms_log_leaf"
                " WHERE subject = s.subject ORDER BY n DESC LIMIT 1) AS l",
                list(subjects),
            )
        )
        return {subject: (n, value) for subject, n, value in rows}

    def _write_leaves(self, size, leaves):
        rows = (
            (
                size + place,
                leaf.entry_id,
                leaf.subject,
                leaf.n,
                leaf.prev,
                encode_base64(leaf.hash),
            )
            for place, leaf in enumerate(leaves, start=1)
        )
        columns = ("id", "entry_id", "subject", "n", "prev", "hash")
        self._copy("dms_log_leaf", columns, rows)

    def _write_tiles(self, tiles):
        rows = (
            (
                tile.level,
                tile.index,
                encode_base64(tile.hashes),
                encode_base64(tile.root),
            )
            for tile in tiles
        )
        self._copy("dms_log_tile", ("level", "number", "hashes", "root"), rows)

    def _copy(self, table, columns, rows):
        """Add rows by COPY, which takes a third of the time of INSERT."""
        lines = ["\t".join(map(_copy_text, row)) + "\n" for row in rows]
        if lines:
            text = io.StringIO("".join(lines))
            self.env.cr._obj.copy_from(text, table, columns=columns)

    def _sign(self, signers, growth):
        checkpoints = self.env["dms.log.checkpoint"].sudo()  # only the log signs
        checkpoints._sign(signers, growth.size, growth.root)
        memory = log_memory.Memory(self._database(), growth.size, growth.root)
        remember = partial(log_memory.remember, signers[-1].origin, memory)
        self.env.cr.postcommit.add(remember)


def _copy_text(value):
    if value is None:
        return r"\N"
    return str(value).replace("\\", "\\\\")
