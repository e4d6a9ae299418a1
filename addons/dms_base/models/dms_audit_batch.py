from base64 import b64decode, b64encode

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..trail import HASH_BYTES, batch_digest, entry_hash, expand, ranges
from .notification import notification

CLOSE_AT_MOST = 10_000
# What the hash of an entry covers, as text that PostgreSQL writes alike everywhere.
HASHED = """
    id, to_char(at, 'YYYY-MM-DD HH24:MI:SS.US'), user_id, company_id, action, model,
    res_id, name, changes::text, address, session
"""


class DmsAuditBatch(models.Model):
    """Entries that were closed together: whoever changes one later is found out.

    The batch keeps the hash of each entry, the log keeps the digest of them all. The
    log is published and signed, so it shows what the database no longer does.
    """

    _name = "dms.audit.batch"
    _description = "Closed Part of the Audit"
    _inherit = ["dms.append.only"]
    _order = "id desc"
    _log_access = False
    _dms_audit = False

    at = fields.Datetime("Closed", required=True)
    entry_ranges = fields.Json("Entries", required=True)
    count = fields.Integer("Number of entries", required=True)
    hashes = fields.Binary(required=True, attachment=False)
    digest = fields.Char(required=True, help="SHA-256 over the hashes of the entries.")
    log_entry_id = fields.Many2one(
        "dms.log.entry", "In the log", ondelete="restrict", index=True
    )

    @api.depends("at", "count")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = self.env._(
                "%(at)s: %(count)s entries",
                at=fields.Datetime.to_string(batch.at),
                count=batch.count,
            )

    # ------------------------------------------------------------
    # Closing
    # ------------------------------------------------------------

    @api.model
    def _cron_close(self):
        """Close what waits, in batches."""
        while self._close():
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _close(self, limit=CLOSE_AT_MOST):
        """Close the entries that are committed, and put their digest in the log.

        :return: the batch, empty if nothing waits
        """
        ids = self._take_waiting(limit)
        if not ids:
            return self.browse()
        # Nobody creates batches but this method.
        return self.sudo().create(self._prepare(ids))

    def _take_waiting(self, limit):
        rows = self.env.execute_query(
            SQL(
                "DELETE FROM dms_audit_waiting WHERE id IN (SELECT id FROM"
                " dms_audit_waiting ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)"
                " RETURNING id",
                limit,
            )
        )
        return sorted(row[0] for row in rows)

    def _prepare(self, ids):
        pairs = ranges(ids)
        found = self._hashes_by_id(pairs)
        hashes = [found[one] for one in ids]
        digest = batch_digest(hashes)
        return {
            "at": fields.Datetime.now(),
            "entry_ranges": pairs,
            "count": len(ids),
            "hashes": b64encode(b"".join(hashes)),
            "digest": digest,
            "log_entry_id": self._log("audit.closed", ids, digest).id,
        }

    def _log(self, kind, ids, digest):
        """Put a digest of entries in the log.

        :param ids: in order
        """
        body = {"first": ids[0], "last": ids[-1], "count": len(ids), "digest": digest}
        company = self.env.ref("base.main_company")
        return self.env["dms.log.entry"]._append(
            [
                {
                    "kind": kind,
                    "subject": "audit",
                    "company_id": company.id,
                    "body": body,
                }
            ]
        )

    @api.model
    def _hashes_by_id(self, pairs):
        """Return the hashes of the entries that are there now, by id."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM dms_audit_entry WHERE id BETWEEN %s AND %s",
                SQL(HASHED),
                pairs[0][0],
                pairs[-1][1],
            )
        )
        return {row[0]: entry_hash(row) for row in rows}

    # ------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------

    def action_check(self):
        """Compute the digests of all batches again and say what was altered."""
        self.check_access("read")
        problem = self._find_problem()
        message = problem or self.env._("All closed entries are as written.")
        return notification(message, good=not problem)

    @api.model
    def _find_problem(self):
        """Return a sentence about the first altered entry, None if there is none."""
        # Hashes are compared, no content is shown: the auditor of one store checks all.
        removals = self.env["dms.audit.removal"].sudo().search(Domain.TRUE)
        removed = {one for r in removals for one in expand(r.entry_ranges)}
        gone = {}
        for batch in self.sudo().search(Domain.TRUE, order="id"):
            if problem := batch._problem(removed, gone):
                return problem
        return removals._find_problem(gone)

    def _problem(self, removed, gone):
        """Compare one batch with the table.

        :param removed: ids of entries that removals speak of
        :param gone: dict to which the recorded hashes of those are added, by id
        """
        hashes = self._recorded_hashes()
        if batch_digest(hashes) != self.digest or not self._is_logged():
            return self.env._("Batch %(id)s is not what the log says.", id=self.id)
        found = self._hashes_by_id(self.entry_ranges)
        for entry_id, recorded in zip(expand(self.entry_ranges), hashes, strict=True):
            if found.get(entry_id) == recorded:
                continue
            if entry_id in found:
                return self.env._("Entry %(id)s was altered.", id=entry_id)
            if entry_id not in removed:
                return self.env._("Entry %(id)s was removed.", id=entry_id)
            gone[entry_id] = recorded
        return None

    def _recorded_hashes(self):
        raw = b64decode(self.with_context(bin_size=False).hashes or b"")
        starts = range(0, len(raw), HASH_BYTES)
        return [raw[start : start + HASH_BYTES] for start in starts]

    def _is_logged(self):
        content = self.log_entry_id
        return content.kind == "audit.closed" and f'"{self.digest}"' in content.body

    @api.model
    def _digest_entries(self, ids):
        """Return the digest of entries, as the log holds it."""
        found = self._hashes_by_id(ranges(ids))
        return batch_digest(found[one] for one in sorted(ids))
