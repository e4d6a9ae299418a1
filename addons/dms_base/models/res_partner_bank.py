from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..fields import Encrypted, unmask
from ..sealed import is_envelope, mask


class ResPartnerBank(models.Model):
    """Account numbers are encrypted, under the names Odoo knows.

    A store's own accounts are printed on its invoices: everybody reads them in full.
    Of everybody else's accounts people read the mask. ``sanitized_acc_number``, by
    which Odoo tells accounts apart, is no longer stored: the token of the number does
    that, in the database and in Python.
    """

    _inherit = "res.partner.bank"

    acc_number = Encrypted(mask="_dms_mask_acc_number", search=None, tracking=True)
    sanitized_acc_number = fields.Char(
        store=False, search="_search_sanitized_acc_number"
    )

    _unique_number = models.Constraint(
        "UNIQUE (acc_number_token, partner_id)",
        "The combination Account Number/Partner must be unique.",
    )

    @api.depends("acc_number", "partner_id")
    def _compute_sanitized_acc_number(self):
        for bank in self:
            number = sanitize_account_number(bank.acc_number)
            is_own = bank._dms_is_own()
            # Nobody else has access to the token, and equal numbers must look equal.
            bank.sanitized_acc_number = number if is_own else bank._dms_token()

    def _dms_token(self):
        """Return the token under the index key in use.

        While that key is being replaced, the database may still hold one of before.
        """
        field, token = self._fields["acc_number"], self.sudo().acc_number_token
        try:
            is_mixed = field._blind_index(self).older
            return field._token(self.acc_number, self) if is_mixed else token
        except UserError:
            return token  # a missing key spares other fields

    def _search_sanitized_acc_number(self, operator, value):
        return [("acc_number", operator, value)]

    @api.depends("acc_number")
    def _compute_acc_type(self):
        for bank in self:
            bank.acc_type = bank._dms_acc_type()

    def _dms_acc_type(self):
        try:
            number = self.acc_number and unmask(self.acc_number, self.env)
        except UserError:
            number = False  # a missing key leaves the other fields readable
        return self.retrieve_acc_type(number) if number else "bank"

    @api.depends("acc_number")
    def _compute_duplicate_bank_partner_ids(self):
        others = self._dms_accounts_by_token()
        for bank in self:
            same = others.get(bank._dms_token(), self.sudo()) - bank._origin
            same = same.filtered(lambda other, bank=bank: bank._dms_shares_with(other))
            bank.duplicate_bank_partner_ids = bank.active and same.partner_id.ids

    def _dms_accounts_by_token(self):
        # Duplicates in other stores are worth a warning; partners are shared by all.
        numbers = [number for bank in self if (number := bank.acc_number)]
        banks = self.sudo().search(self._dms_numbers_in(numbers))
        return banks.grouped(lambda bank: bank._dms_token())

    def _dms_numbers_in(self, numbers):
        """Return the domain of the accounts with these numbers, as far as they open."""
        opened = []
        for number in numbers:
            try:
                opened.append(unmask(number, self.env))
            except UserError:
                continue  # a missing key leaves the other fields readable
        return [("acc_number", "in", opened)]

    @api.constrains("acc_number", "partner_id")
    def _check_no_twin(self):
        """Find what the unique index cannot, while two index keys are in use."""
        if not self._fields["acc_number"]._blind_index(self).older:
            return
        # as the index does: archived accounts and those of other stores count
        for bank in self.sudo().with_context(active_test=False):
            twin = [("acc_number", "=", bank.acc_number), ("id", "!=", bank.id)]
            if bank.search_count([*twin, ("partner_id", "=", bank.partner_id.id)]):
                raise ValidationError(
                    self.env._("The combination Account Number/Partner must be unique.")
                )

    def _dms_shares_with(self, other):
        return not other.company_id or other.company_id == self.company_id

    def _search_display_name(self, operator, value):
        if operator not in ("ilike", "like"):
            return super()._search_display_name(operator, value)
        return [
            "|",
            "|",
            ("acc_number", "=", value),
            ("bank_id.name", operator, value),
            ("acc_holder_name", operator, value),
        ]

    @api.model_create_multi
    def create(self, vals_list):
        field = self._fields["acc_number"]
        for vals in vals_list:
            self._sanitize_vals(vals)
            # Odoo puts the number in messages and, from the wizards, in other tables.
            if vals.get("acc_number"):
                vals["acc_number"] = field.protected(vals["acc_number"], self)
        return super().create(vals_list)

    def _sanitize_vals(self, vals):
        if "sanitized_acc_number" in vals:
            vals["acc_number"] = vals.pop("sanitized_acc_number")

    def _dms_mask_acc_number(self, number):
        return number if self._dms_is_own() else mask(number)

    def _dms_is_own(self):
        # Which partner is a store is known to all; companies themselves are not.
        return bool(self.sudo().partner_id.ref_company_ids)

    # ------------------------------------------------------------
    # Numbers from before this addon
    # ------------------------------------------------------------

    @api.model
    def _dms_seal_all(self):
        """Encrypt what the table holds in clear; nothing, the second time."""
        rows = self._dms_clear_rows()
        for bank_id, number in rows:
            bank = self.sudo().browse(bank_id)
            self._fields["acc_number"].write(bank, number)
        self.flush_model()
        self.env.cr.execute(
            "UPDATE res_partner_bank SET sanitized_acc_number = NULL"
            " WHERE sanitized_acc_number IS NOT NULL"
        )

    def _dms_clear_rows(self):
        self.flush_model()
        rows = self.env.execute_query(
            SQL("SELECT id, acc_number FROM res_partner_bank ORDER BY id")
        )
        return [
            (bank_id, number) for bank_id, number in rows if not is_envelope(number)
        ]

    @api.model
    def _dms_unseal_all(self):
        """Write all numbers back in clear, for Odoo without this addon.

        :raise UserError: if one cannot be opened; then nothing is written
        """
        banks = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        for bank in banks:
            number = bank._dms_unsealed("acc_number")
            self.env.cr.execute(
                "UPDATE res_partner_bank SET acc_number = %s,"
                " sanitized_acc_number = %s WHERE id = %s",
                [number, sanitize_account_number(number), bank.id],
            )
        self.env.cr.execute(
            "ALTER TABLE res_partner_bank"
            " DROP CONSTRAINT IF EXISTS res_partner_bank_unique_number,"
            " ADD CONSTRAINT res_partner_bank_unique_number"
            " UNIQUE (sanitized_acc_number, partner_id)"
        )
