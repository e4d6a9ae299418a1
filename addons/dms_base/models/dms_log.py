from base64 import b64decode

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..merkle import (
    NoteError,
    TileReader,
    consistency_proof,
    encode,
    inclusion_proof,
    leaf_hash,
    open_checkpoint,
    passport,
    verify_inclusion,
)
from ..merkle.audit import Problem, audit
from ..merkle.tiles import HEIGHT, WIDTH, tiles_of

# The leaf is written anew from these; see merkle.entries.
LEAF = SQL(
    "e.kind, e.subject, to_char(e.at, %s), e.store, e.body",
    'YYYY-MM-DD"T"HH24:MI:SS"Z"',
)


class DmsLog(models.AbstractModel):
    """Reading the log: tiles, leaves, proofs, passports. All of it is public."""

    _name = "dms.log"
    _description = "Tamper-evident Log"

    @api.model
    def _size(self):
        """Return the number of leaves."""
        rows = self.env.execute_query(SQL("SELECT max(id) FROM dms_log_leaf"))
        return rows[0][0] or 0

    @api.model
    def _tile(self, level, index):
        """Return all hashes this tile has by now, at most 256 of 32 bytes."""
        rows = self.env.execute_query(
            SQL(
                "SELECT hashes FROM dms_log_tile WHERE level = %s AND number = %s",
                level,
                index,
            )
        )
        if rows:
            return b64decode(rows[0][0])
        return b"".join(b64decode(value) for value in self._edge(level, index))

    def _edge(self, level, index):
        first, end = index * WIDTH, (index + 1) * WIDTH
        if level:
            query = SQL(
                "SELECT root FROM dms_log_tile WHERE level = %s AND number >= %s"
                " AND number < %s ORDER BY number",
                level - 1,
                first,
                end,
            )
        else:
            query = SQL(
                "SELECT hash FROM dms_log_leaf WHERE id > %s AND id <= %s ORDER BY id",
                first,
                end,
            )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _leaves(self, start, end):
        """Return the bytes of the leaves ``start`` to ``end``, without the last."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, l.n, l.prev FROM dms_log_leaf l JOIN dms_log_entry e"
                " ON e.id = l.entry_id WHERE l.id > %s AND l.id <= %s ORDER BY l.id",
                LEAF,
                start,
                end,
            )
        )
        return [encode(*row) for row in rows]

    @api.model
    def _inclusion_proof(self, index, size):
        """Return the hashes that prove leaf ``index`` in the log of ``size`` leaves.

        :raise ValueError: if there is no such leaf
        """
        return inclusion_proof(index, size, TileReader(self._tile))

    @api.model
    def _consistency_proof(self, old, new):
        """Return the hashes that prove that the log of ``old`` begins that of ``new``.

        :raise ValueError: unless 0 < old <= new
        """
        return consistency_proof(old, new, TileReader(self._tile))

    @api.model
    def _passport(self, subject, since=None):
        """Return the passport of a car, ready to be written as JSON.

        :param str subject: its VIN
        :param int since: size of an older checkpoint; the passport then proves that
            the log still begins so
        :raise UserError: if nothing was ever recorded
        """
        checkpoint = self.env["dms.log.checkpoint"].sudo()._latest()  # public
        checkpoint.ensure_one()
        keys = self.env["dms.log.key"].sudo()._published()
        older = None
        if since and 0 < since < checkpoint.size:
            older = since, self._consistency_proof(since, checkpoint.size)
        return passport.build(
            subject,
            checkpoint.origin,
            keys.mapped("vkey"),
            checkpoint.published_note,
            self._events(subject, checkpoint.size),
            checkpoint._timestamps(),
            older,
        )

    def _events(self, subject, size):
        leaves = self._leaves_of(subject, size)
        indexes = [index for index, _leaf in leaves]
        reader = TileReader(self._prefetched_tiles(indexes, size))
        return [
            passport.Event(index, leaf, _proof_or_none(index, size, reader))
            for index, leaf in leaves
        ]

    @api.model
    def _leaves_of(self, subject, size):
        """Return (index, bytes) of the leaves about ``subject`` among the first
        ``size``, in the order in which they were recorded."""
        rows = self.env.execute_query(
            SQL(
                "SELECT l.id - 1, %s, l.n, l.prev FROM dms_log_leaf l"
                " JOIN dms_log_entry e ON e.id = l.entry_id"
                " WHERE l.subject = %s AND l.id <= %s ORDER BY l.n",
                LEAF,
                subject,
                size,
            )
        )
        return [(index, encode(*leaf)) for index, *leaf in rows]

    def _prefetched_tiles(self, indexes, size):
        """Return a ``_tile`` that has the full tiles above these leaves at hand."""
        levels = range(len(tiles_of(size)))
        places = sorted(
            {
                (level, index >> HEIGHT * (level + 1))
                for index in indexes
                for level in levels
            }
        )
        tiles = self._full_tiles(places)
        return lambda level, index: (
            tiles.get((level, index)) or self._tile(level, index)
        )

    def _full_tiles(self, places):
        if not places:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT level, number, hashes FROM dms_log_tile"
                " WHERE (level, number) IN %s",
                tuple(places),
            )
        )
        return {(level, number): b64decode(value) for level, number, value in rows}

    @api.model
    def _find_problem(self, index):
        """Return what is wrong with leaf ``index``, None if it is proven."""
        checkpoint = self.env["dms.log.checkpoint"].sudo()._latest()  # public
        keys = self.env["dms.log.key"].sudo()._published()
        try:
            signed = open_checkpoint(checkpoint.note or "", keys._public())
        except NoteError:
            return self.env._("The last checkpoint is not signed by a key of the log.")
        leaves = self._leaves(index, index + 1)
        try:
            verify_inclusion(
                leaf_hash(*leaves) if leaves else b"",
                index,
                signed.size,
                self._inclusion_proof(index, signed.size),
                signed.root,
            )
        except ValueError:
            return self.env._(
                "This entry is not what was recorded at place %(index)s of the log: "
                "somebody changed the database. Tell the auditor; compare with a "
                "backup.",
                index=index,
            )
        return None

    @api.model
    def _check_all(self):
        """Compute the whole log anew and compare it with all it ever signed.

        :return: list of ``merkle.audit.Problem``, empty if nothing was changed
        """
        checkpoints = self.env["dms.log.checkpoint"].sudo()
        checkpoints = checkpoints.search(Domain.TRUE, order="size")
        # also withdrawn keys: what they signed is compared with the leaves
        keys = self.env["dms.log.key"].sudo().search(Domain.TRUE)._public()
        problems = audit(
            self._stream_leaves(),
            [(checkpoint.note, checkpoint.size) for checkpoint in checkpoints],
            keys,
        )
        return [*problems, *self._find_forgotten()]

    def _stream_leaves(self, chunk=10_000):
        """Yield (index, bytes, stored hash) of all leaves without loading them all."""
        start, size = 0, self._size()
        while start < size:
            rows = self.env.execute_query(
                SQL(
                    "SELECT l.id - 1, l.hash, %s, l.n, l.prev FROM dms_log_leaf l"
                    " JOIN dms_log_entry e ON e.id = l.entry_id"
                    " WHERE l.id > %s AND l.id <= %s ORDER BY l.id",
                    LEAF,
                    start,
                    start + chunk,
                )
            )
            for index, value, *leaf in rows:
                yield index, encode(*leaf), value
            start += chunk

    def _find_forgotten(self):
        """Return entries that neither wait nor have a place: somebody hid them."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM dms_log_entry e"
                " WHERE NOT EXISTS (SELECT FROM dms_log_leaf WHERE entry_id = e.id)"
                " AND NOT EXISTS (SELECT FROM dms_log_waiting w WHERE w.id = e.id)"
            )
        )
        return [Problem("entry_forgotten", row[0]) for row in rows]


def _proof_or_none(index, size, reader):
    """Where leaves were removed no proof can be made; the passport shows that."""
    try:
        return tuple(inclusion_proof(index, size, reader))
    except ValueError:
        return ()
