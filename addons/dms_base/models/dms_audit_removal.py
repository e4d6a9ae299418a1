from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..trail import batch_digest, expand, ranges


class DmsAuditRemoval(models.Model):
    """What was removed from the audit, and why: itself never removed."""

    _name = "dms.audit.removal"
    _description = "Removal from the Audit"
    _inherit = ["dms.append.only"]
    _order = "id desc"
    _rec_name = "reason"
    _log_access = False
    _dms_audit = False

    at = fields.Datetime("Time", required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    reason = fields.Char(required=True)
    until = fields.Datetime("Entries before", required=True)
    entry_ranges = fields.Json("Entries", required=True)
    count = fields.Integer("Number of entries", required=True)
    digest = fields.Char(required=True)
    log_entry_id = fields.Many2one(
        "dms.log.entry", "In the log", ondelete="restrict", index=True
    )

    @api.model
    def _remove(self, domain, until, reason):
        """Remove closed entries from before ``until``; the log says what.

        The trigger of the table lets a row go only while the transaction names a
        removal that covers its time.
        """
        closed = Domain.custom(to_sql=self._closed_sql)
        domain = Domain(domain) & Domain("at", "<", until) & closed
        ids = self.env["dms.audit.entry"].sudo().search(domain, order="id").ids
        if not ids:
            return self.browse()
        removal = self.create(self._prepare(ids, until, reason))
        self.flush_model()
        self._delete(removal, ids)
        return removal

    def _closed_sql(self, model, alias, query):
        column = SQL.identifier(alias, "id")
        return SQL("%s NOT IN (SELECT id FROM dms_audit_waiting)", column)

    def _prepare(self, ids, until, reason):
        batches = self.env["dms.audit.batch"]
        digest = batches._digest_entries(ids)
        return {
            "at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "reason": reason,
            "until": until,
            "entry_ranges": ranges(ids),
            "count": len(ids),
            "digest": digest,
            "log_entry_id": batches._log("audit.removed", ids, digest).id,
        }

    def _delete(self, removal, ids):
        cr = self.env.cr
        cr.execute(
            "SELECT set_config('dms.audit_removal', %s, true)", [str(removal.id)]
        )
        cr.execute("DELETE FROM dms_audit_entry WHERE id = ANY(%s)", [ids])
        cr.execute("SELECT set_config('dms.audit_removal', '', true)")
        self.env["dms.audit.entry"].invalidate_model()

    def _find_problem(self, gone):
        """Return a sentence about the first removal that the log does not confirm.

        :param gone: recorded hashes of the entries that are not there, by id
        """
        for removal in self.sorted("id"):
            hashes = [gone.get(one, b"") for one in expand(removal.entry_ranges)]
            if batch_digest(hashes) != removal.digest or not removal._is_logged():
                return self.env._(
                    "Removal %(id)s is not what the log says.", id=removal.id
                )
        return None

    def _is_logged(self):
        entry = self.log_entry_id
        return entry.kind == "audit.removed" and f'"{self.digest}"' in entry.body
