from odoo import models
from odoo.exceptions import AccessError, UserError

from ..fields import Encrypted, unmask


class Base(models.AbstractModel):
    _inherit = "base"

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
