from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..fields import Encrypted, unmask
from .audit_values import old_value_of, value_of

RIGHTS_MODELS = ("res.groups", "ir.rule", "ir.model.access")
RIGHTS_FIELDS = {"group_ids", "company_ids", "active", "login", "password"}


class Base(models.AbstractModel):
    """Revealing encrypted fields, and noting in the audit what happens to records.

    The methods of the ORM here stand below those of all models, so they see the values
    that are really written, and not what is recomputed because of them.
    """

    _inherit = "base"
    # None: models of the suite are audited, others if they are on the list of
    # ``dms.audit.entry``. True and False decide for one model.
    _dms_audit = None

    @api.model
    def _dms_expand_state(self, states, domain):
        """Return the columns of a board that has some, in the order of the states."""
        known = self._fields["state"].get_values(self.env)
        return [state for state in known if state in states]

    def dms_reveal(self, field_name):
        """Return the secret of an encrypted field in clear, and note who asked.

        :param field_name: name of an ``Encrypted`` field
        :raise AccessError: without the right to reveal or to read the record
        :raise UserError: if the secret cannot be opened
        """
        self.ensure_one()
        if not self.env.user._dms_may_reveal():
            raise AccessError(self.env._("You do not have the right to see this."))
        self.check_access("read")
        self._check_field_access(self._dms_encrypted_field(field_name), "read")
        plain = self._dms_unsealed(field_name)
        self._dms_note_reveal(field_name)
        return plain

    def _dms_unsealed(self, field_name):
        """Return the secret of an encrypted field, for code that passes it on.

        Nobody is asked and nothing is noted: never hand the result to a user.
        """
        self.ensure_one()
        self._dms_encrypted_field(field_name)
        masked = self[field_name]
        return masked and unmask(masked, self.env)

    def _dms_encrypted_field(self, field_name):
        field = self._fields.get(field_name)
        if not isinstance(field, Encrypted):
            raise UserError(
                self.env._("%(field)s is not an encrypted field.", field=field_name)
            )
        return field

    def _dms_note_reveal(self, field_name):
        """Note that the current user is about to see a secret of this record."""
        self.env["dms.audit.entry"]._note("reveal", self, {"field": field_name})

    # ------------------------------------------------------------
    # Audit
    # ------------------------------------------------------------

    def _dms_is_audited(self):
        return self.pool.ready and (
            self._name in self.env["dms.audit.entry"]._audited_models()
        )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records and self._dms_is_audited():
            for record, vals in zip(records.sudo(), vals_list, strict=True):
                record.sudo(False)._dms_audit_creation(record, vals)
        return records

    def _dms_audit_creation(self, record_sudo, vals):
        changes = {
            name: [None, value]
            for name, field in self._dms_audited_fields(vals)
            if (value := value_of(field, record_sudo)) not in (None, False, [])
        }
        self._dms_audit_note("create", vals, changes)

    def write(self, vals):
        fields = self._dms_is_audited() and self._dms_audited_fields(vals)
        if not fields:
            return super().write(vals)
        records = self.filtered("id").sudo()
        before = records._dms_old_values(fields)
        result = super().write(vals)
        for record, old in zip(records, before, strict=True):
            changes = {
                name: [old[name], value_of(field, record)] for name, field in fields
            }
            record.sudo(False)._dms_audit_note("write", vals, changes)
        return result

    def _dms_old_values(self, fields):
        """Return a dict per record; a value yet to be computed has no old one."""
        pending = {
            name: set(self.env.records_to_compute(field)._ids) if field.compute else ()
            for name, field in fields
        }
        return [
            {
                name: None
                if record.id in pending[name]
                else old_value_of(field, record)
                for name, field in fields
            }
            for record in self
        ]

    def unlink(self):
        if self and self._dms_is_audited():
            fields = self.env["dms.audit.entry"]._audited_fields(self._name)
            columns = [item for item in fields.items() if item[1].column_type]
            records = self.sudo()
            before = records._dms_old_values(columns)
            for record, old in zip(records, before, strict=True):
                changes = {name: [value, None] for name, value in old.items() if value}
                record.sudo(False)._dms_audit_note("unlink", {}, changes)
        return super().unlink()

    def _dms_audited_fields(self, vals):
        fields = self.env["dms.audit.entry"]._audited_fields(self._name)
        return [(name, fields[name]) for name in vals if name in fields]

    def _dms_audit_note(self, action, vals, changes):
        if self._name in RIGHTS_MODELS or (
            self._name == "res.users" and not RIGHTS_FIELDS.isdisjoint(vals)
        ):
            action = "rights"
        self.env["dms.audit.entry"]._buffer(action, self, changes)

    def export_data(self, fields_to_export):
        result = super().export_data(fields_to_export)
        if self._dms_is_audited():
            details = {"fields": ", ".join(fields_to_export)}
            self.env["dms.audit.entry"]._note("export", self, details)
        return result

    @api.model
    def load(self, fields, data):
        entries = self.env["dms.audit.entry"]
        mark = entries._mark()
        result = super().load(fields, data)
        if not result["ids"]:
            entries._forget_since(mark)
        return result
