from odoo import api, fields, models

from .audit_values import HIDDEN
from .form_window import form_window

CHANGES = ("create", "write", "unlink", "rights")


class DmsAuditEntry(models.Model):
    """How an entry reads for the auditor: in his words, and about whom."""

    _inherit = "dms.audit.entry"

    model_name = fields.Char("Kind of record", compute="_compute_model_name")
    changes_table = fields.Html(
        "Old and new values", compute="_compute_changes_table", sanitize=False
    )
    fields_changed = fields.Char("What", compute="_compute_fields_changed")
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        store=False,
        compute="_compute_partner_id",
        search="_search_partner_id",
        help="The person the record is about: the contact, his bank accounts.",
    )

    @api.model
    def _actions(self):
        """Return keys and labels of what is noted, in the user's language."""
        return self._fields["action"]._description_selection(self.env)

    @api.model
    def _detail_labels(self):
        """Return labels of the details of ``_note``; addons add theirs."""
        return {
            "decision": self.env._("Decision"),
            "domain": self.env._("Searched for"),
            "field": self.env._("Field"),
            "fields": self.env._("Fields"),
            "forgotten": self.env._("Pseudonyms forgotten"),
            "login": self.env._("Name entered"),
            "method": self.env._("Logged in by"),
        }

    @api.depends("model")
    def _compute_model_name(self):
        for entry in self:
            known = entry.model in self.env
            entry.model_name = known and self.env["ir.model"]._get(entry.model).name

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_changes_table(self):
        for entry in self:
            entry.changes_table = self.env["ir.qweb"]._render(
                "dms_base.dms_audit_changes", {"lines": entry._changes_lines()}
            )

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_fields_changed(self):
        for entry in self:
            changes = (entry.changes or {}).items()
            entry.fields_changed = ", ".join(
                entry._what(name, new) for name, (_old, new) in changes
            )

    def _what(self, name, value):
        """Return the label of a field; a detail of an event with its value."""
        label = self._label(name)
        return label if self._field(name) else f"{label}: {self._text(name, value)}"

    def _changes_lines(self):
        """Return label, old and new value of each change, for people."""
        return [
            {
                "label": self._label(name),
                "old": self._text(name, old),
                "new": self._text(name, new),
            }
            for name, (old, new) in (self.changes or {}).items()
        ]

    def _field(self, name):
        """Return the field that changed; None for a detail of an event."""
        return self._model_fields().get(name) if self.action in CHANGES else None

    def _model_fields(self):
        return self.env[self.model]._fields if self.model in self.env else {}

    def _label(self, name):
        field = self._field(name)
        if field:
            return field._description_string(self.env)
        return self._detail_labels().get(name, name)

    def _text(self, name, value):
        if value is None or value is False:
            return ""
        field = self._field(name)
        if field and field.relational and value != HIDDEN:
            ids = value if isinstance(value, list) else [value]
            return self._names(field.comodel_name, ids)
        if not field and name in ("field", "fields"):
            return self._labels_of(value)
        return str(value)

    def _labels_of(self, names):
        """Return the labels of the fields whose technical names are given."""
        known = self._model_fields()
        return ", ".join(
            known[name]._description_string(self.env) if name in known else name
            for name in names.split(", ")
        )

    def _names(self, model, ids):
        # The auditor may not read those records, but what the entry is about.
        records = self.env[model].sudo().browse(ids).exists()
        names = {record.id: record.display_name for record in records}
        return ", ".join(names.get(one) or f"#{one}" for one in ids)

    @api.depends("model", "res_id")
    def _compute_partner_id(self):
        for entry in self:
            is_partner = entry.model == "res.partner"
            entry.partner_id = is_partner and entry.res_id

    @api.model
    def _search_partner_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        partners = self.env["res.partner"].with_context(active_test=False)
        if operator == "any":
            partners = partners.search(value)
        else:
            partners = partners.browse(one for one in value if one)
        return self._about_persons(partners)

    @api.model
    def _about_persons(self, partners):
        """Return the domain of what happened with the data of some contacts."""
        # Accounts of a person that the auditor may not read belong to him all the same.
        banks = partners.sudo().with_context(active_test=False).bank_ids
        return [
            "|",
            "&",
            ("model", "=", "res.partner"),
            ("res_id", "in", partners.ids),
            "&",
            ("model", "=", "res.partner.bank"),
            ("res_id", "in", banks.ids),
        ]

    def _export_cells(self, actions):
        """Yield one row of a workbook per changed field, at least one.

        :param actions: labels by key of the field ``action``
        """
        at = fields.Datetime.context_timestamp(self, self.at).replace(tzinfo=None)
        head = [at, self.user_id.name, self.company_id.name, actions[self.action]]
        head += [self.model_name or "", self.name or ""]
        tail = [self.address or "", self.session or ""]
        for line in self._changes_lines() or [{"label": "", "old": "", "new": ""}]:
            yield [*head, line["label"], line["old"], line["new"], *tail]

    def action_open_record(self):
        """Open the record the entry is about, if it is still there."""
        self.ensure_one()
        return form_window(self.model, self.res_id)
