import hashlib
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..custody import seal

# columns that nobody changes once somebody has decided
DECIDED = (
    "certificate_id",
    "number",
    "vin",
    "state",
    "bank_id",
    "asked_by_id",
    "asked_at",
    "asked_side",
    "decided_by_id",
    "decided_at",
    "decision_note",
    "salt",
    "digest",
)


class DmsCertificateDocument(models.AbstractModel):
    """What keeps a decided step as it was, and proves it by the log."""

    _name = "dms.certificate.document"
    _inherit = ["dms.certificate.document"]

    salt = fields.Char(readonly=True, copy=False)
    digest = fields.Char(
        readonly=True, copy=False, help="What the log holds instead of the document."
    )
    event_id = fields.Many2one("dms.vehicle.event", "In the Log", readonly=True)

    def init(self):
        result = super().init()
        if not self._abstract:
            self._dms_keep_decided()
        return result

    def _dms_keep_decided(self):
        """Let PostgreSQL refuse to change what was decided, whoever asks."""
        names = {
            "table": SQL.identifier(self._table),
            "trigger": SQL.identifier(f"{self._table}_decided"),
            "columns": SQL(", ").join(map(SQL.identifier, self._dms_decided_columns())),
        }
        self.env.cr.execute(
            SQL(
                "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;"
                "CREATE TRIGGER %(trigger)s BEFORE DELETE OR UPDATE OF %(columns)s"
                " ON %(table)s FOR EACH ROW WHEN (OLD.state <> 'waiting')"
                " EXECUTE FUNCTION dms_refuse_change();"
                "ALTER TABLE %(table)s ENABLE ALWAYS TRIGGER %(trigger)s",
                **names,
            )
        )

    @api.model
    def _dms_decided_columns(self):
        return DECIDED

    def _dms_record_decision(self):
        # a bank that has released a certificate reads it no more
        documents = {one.certificate_id: one for one in self.sudo()}
        events = self.sudo().certificate_id._dms_log(
            documents, lambda document: document._dms_facts()
        )
        by_id = {event.res_id: event for event in events}
        for one in self.sudo():
            one.event_id = by_id[one.id]

    def _dms_facts(self):
        """Return what everybody may read in the log: no bank, no person."""
        return {"state": self.state, "document": self.digest}

    def _dms_seal(self, vals=()):
        """Return the digest of what this document says, or would with ``vals``."""
        self.ensure_one()
        names = self._dms_sealed_fields()
        said = {name: self[name] for name in names} | dict(vals)
        whole = self.with_context(bin_size=False)
        files = {name: _hash(whole[name]) for name in ("photo", "proof")}
        return seal(self.salt, {name: _plain(said[name]) for name in names} | files)

    @api.model
    def _dms_sealed_fields(self):
        hidden = {"salt", "digest"}
        return sorted(set(self._dms_decided_columns()) - hidden | {"note"})

    def action_check(self):
        """Prove that the document is the one the log knows."""
        self.ensure_one()
        if not self.event_id:
            raise UserError(self.env._("Nothing is recorded before it is decided."))
        body = self.event_id.sudo().body  # the log is public
        if self._dms_seal() != self.digest or self.digest not in body:
            raise UserError(
                self.env._("This document is not the one that was recorded.")
            )
        return self.event_id.sudo().action_check()


def _plain(value):
    if isinstance(value, models.BaseModel):
        return str(value.id or "")
    return str(value) if value else ""


def _hash(content):
    return hashlib.sha256(b64decode(content)).hexdigest() if content else ""
