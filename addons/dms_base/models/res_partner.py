from odoo import fields, models
from odoo.exceptions import AccessError, ValidationError

from ..fields import Encrypted
from ..identity import resident_number
from .notification import notification


class ResPartner(models.Model):
    _inherit = "res.partner"

    dms_id_number = Encrypted(
        "ID number",
        normalise="_dms_normalise_id_number",
        tracking=True,
        help="Number of the resident identity card, 18 characters. It is encrypted; "
        "everybody sees the first and the last four characters.",
    )

    dms_in_log = fields.Boolean(
        "Named in the log",
        compute="_compute_dms_in_log",
        help="Entries of the log are about this person, who is called by a salted hash "
        "there.",
    )

    def _compute_dms_in_log(self):
        named = self._dms_pseudonyms().partner_id
        for partner in self:
            partner.dms_in_log = partner._origin in named

    def _dms_pseudonyms(self):
        # nobody may read the salts; that there are some is no secret
        pseudonyms = self.env["dms.pseudonym"].sudo()
        return pseudonyms.search([("partner_id", "in", self.ids)])

    def _dms_pseudonym(self, subject):
        """Return what the log calls this person in the life of ``subject``.

        :param str subject: for a car its VIN
        :return: 64 hexadecimal digits, the same on every call until it is forgotten
        """
        self.ensure_one()
        pair = (self.id, subject)
        return self.env["dms.pseudonym"]._values_of([pair])[pair]

    def action_dms_forget(self):
        """Throw away by what the log's entries could be traced to these persons.

        The entries stay and their proofs hold; the hashes in them mean nothing more.
        """
        self._dms_check_may_forget()
        for partner in self:
            count = len(partner._dms_pseudonyms())
            self.env["dms.audit.entry"]._note("other", partner, {"forgotten": count})
        self._dms_pseudonyms().unlink()
        self.invalidate_recordset(["dms_in_log"])
        return notification(
            self.env._("Nobody can find this person in the log any more."),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    def _dms_check_may_forget(self):
        self.check_access("write")
        manager = self.env.user.has_group("dms_base.group_dms_store_manager")
        if not (self.env.su or manager):
            raise AccessError(
                self.env._("Ask a store manager to have a person forgotten in the log.")
            )

    def _dms_normalise_id_number(self, value):
        try:
            return resident_number(value)
        except ValueError:
            raise ValidationError(
                self.env._(
                    "This is not a number of a resident identity card. Compare all 18 "
                    "characters with the card; the last one may be an X."
                )
            ) from None
