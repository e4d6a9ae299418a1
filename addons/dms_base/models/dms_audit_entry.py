import json

from psycopg2.extras import Json

from odoo import api, fields, models, tools
from odoo.http import request

from .audit_request import where_from
from .audit_values import is_audited

BUFFER = "dms.audit"
AUDITED_CORE = (
    "account.journal",
    "account.move",
    "account.payment",
    "ir.actions.server",
    "ir.config_parameter",
    "ir.model.access",
    "ir.rule",
    "product.template",
    "purchase.order",
    "purchase.order.line",
    "res.company",
    "res.groups",
    "res.partner",
    "res.partner.bank",
    "res.users",
    "sale.order",
    "sale.order.line",
)
COLUMNS = (
    "at",
    "user_id",
    "company_id",
    "action",
    "model",
    "res_id",
    "name",
    "changes",
    "address",
    "session",
)

REFUSE = """
    CREATE OR REPLACE FUNCTION dms_audit_refuse_change() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (
            SELECT FROM dms_audit_removal
             WHERE id = nullif(current_setting('dms.audit_removal', true), '')::int
               AND OLD.at < until
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END $$ LANGUAGE plpgsql;
    DROP TRIGGER IF EXISTS dms_audit_entry_refuse_row ON dms_audit_entry;
    CREATE TRIGGER dms_audit_entry_refuse_row BEFORE UPDATE OR DELETE
        ON dms_audit_entry FOR EACH ROW EXECUTE FUNCTION dms_audit_refuse_change();
    ALTER TABLE dms_audit_entry ENABLE ALWAYS TRIGGER dms_audit_entry_refuse_row
"""


class DmsAuditEntry(models.Model):
    """Who did what, when, from where, to which record, with old and new value.

    Entries are collected during a transaction and inserted in one statement before
    it commits, so they are there if and only if what they tell happened. The batch
    they are closed in is digested into the log, see ``dms.audit.batch``.
    """

    _name = "dms.audit.entry"
    _description = "Audit Entry"
    _dms_happens = True
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"
    _rec_name = "name"
    _log_access = False
    _check_company_auto = False
    _dms_audit = False

    company_id = fields.Many2one(
        default=None,
        ondelete="restrict",
        help="The store the record belongs to, else the one the user worked in.",
    )
    at = fields.Datetime("Time", required=True)
    user_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", index=False
    )
    action = fields.Selection(
        [
            ("create", "Created"),
            ("write", "Changed"),
            ("unlink", "Deleted"),
            ("rights", "Rights changed"),
            ("reveal", "Revealed"),
            ("export", "Exported"),
            ("login", "Logged in"),
            ("login_failed", "Login failed"),
            ("other", "Other"),
        ],
        required=True,
    )
    model = fields.Char("Technical model")
    res_id = fields.Integer("Record ID")
    name = fields.Char("Record", help="What the record was called at that time.")
    changes = fields.Json(help="Old and new value by field; secrets are masked.")
    address = fields.Char("Remote address", help="Empty: a job of the server.")
    session = fields.Char(
        help="Beginning of the hash of the session or API key: equal for what was done "
        "in one session.",
    )

    _record_idx = models.Index("(model, res_id, id)")
    _user_idx = models.Index("(user_id, id)")
    _at_idx = models.Index("USING brin (at)")

    def init(self):
        result = super().init()
        self.env.cr.execute(REFUSE)
        self._dms_wait_in("dms_audit_waiting")
        return result

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _note(self, action, records, details=None):
        """Note an event that is not the creation, change or deletion of a record.

        :param action: a key of the field ``action``
        :param records: whom it is about, one entry each; an empty recordset is noted
            once, for its model
        :param details: JSON values by name, for the auditor to read; no secrets
        """
        changes = {name: [None, value] for name, value in (details or {}).items()}
        for record in records or [records]:
            self._buffer(action, record, changes)

    @api.model
    def _buffer(self, action, record, changes):
        """Keep an entry until the transaction is about to be committed."""
        data = self.env.cr.precommit.data
        if BUFFER not in data:
            data[BUFFER] = {}
            self.env.cr.precommit.add(self._insert_buffer)
        user = self.env.uid
        key = (action, record._name, record.id, user)
        if action == "write" and ("create", *key[1:]) in data[BUFFER]:
            key = ("create", *key[1:])
        entry = data[BUFFER].get(key)
        if entry and action == key[0] != "write":
            key = (*key, len(data[BUFFER]))  # two events of one kind are two entries
            entry = None
        if entry:
            self._merge(entry["changes"], changes)
        else:
            data[BUFFER][key] = self._prepare(action, record, changes)

    def _merge(self, before, changes):
        """The first old value and the last new one are those of the transaction."""
        for name, (old, new) in changes.items():
            before[name] = [before[name][0] if name in before else old, new]

    def _prepare(self, action, record, changes):
        return {
            "user_id": self.env.uid,
            "company_id": self._company_id(record),
            "action": action,
            "model": record._name,
            "res_id": record.id or None,
            "name": self._name_of(record),
            "changes": dict(changes),
        }

    def _company_id(self, record):
        # The audit reads for itself, whatever the user may read.
        record = record.sudo()
        if record._name == "res.company":
            return record.id or record.env.company.id
        field = record._fields.get("company_id")
        if record and field and field.comodel_name == "res.company":
            return record.company_id[:1].id or record.env.company.id
        return record.env.company.id

    def _name_of(self, record):
        """Return what the record is called, if it says so without computing."""
        field = record._fields.get(record._rec_name or "")
        if not record or not field or not field.store or field.type != "char":
            return None
        return str(record.sudo()[record._rec_name] or "")[:200] or None

    def _insert_buffer(self):
        """Insert what the transaction collected."""
        entries = self.env.cr.precommit.data.pop(BUFFER, {}).values()
        origin = where_from(request)
        rows = [self._row(entry | origin) for entry in entries if self._tells(entry)]
        if rows:
            self._dms_insert(COLUMNS, rows)

    def _tells(self, entry):
        """Drop what is as before; tell whether anything is left to tell."""
        changes = entry["changes"]
        for name in [name for name, (old, new) in changes.items() if old == new]:
            del changes[name]
        return bool(changes) or entry["action"] not in ("write", "rights")

    def _row(self, entry):
        changes = entry["changes"]
        values = entry | {
            "at": fields.Datetime.now(),
            "changes": Json(changes, dumps=_json) if changes else None,
        }
        return tuple(values[name] for name in COLUMNS)

    @api.model
    def _mark(self):
        """Return what is collected so far, for ``_forget_since``."""
        return set(self.env.cr.precommit.data.get(BUFFER, ()))

    @api.model
    def _forget_since(self, mark):
        """Drop what was collected since: the caller rolled it back by SQL."""
        collected = self.env.cr.precommit.data.get(BUFFER, {})
        for key in [key for key in collected if key not in mark]:
            del collected[key]

    # ------------------------------------------------------------
    # What is audited
    # ------------------------------------------------------------

    @api.model
    def _audited_core_models(self):
        """Return the models of Odoo whose records are audited; addons add theirs."""
        return AUDITED_CORE

    @api.model
    @tools.ormcache(cache="stable")
    def _audited_models(self):
        core = set(self._audited_core_models())
        return frozenset(
            name
            for name, model in self.env.registry.items()
            if not (model._abstract or model._transient)
            and (name in core or self._audits_itself(name, model))
        )

    def _audits_itself(self, name, model):
        return name.startswith("dms.") if model._dms_audit is None else model._dms_audit

    @api.model
    @tools.ormcache("model_name", cache="stable")
    def _audited_fields(self, model_name):
        fields = self.env[model_name]._fields.items()
        return {name: field for name, field in fields if is_audited(field)}


def _json(value):
    return json.dumps(value, ensure_ascii=False, default=str)
