from odoo import api, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    @api.model
    def _fill_missing_values(self, vals, protected_codes=False):
        # Odoo names the journal after the number, in a table that is not encrypted.
        if number := vals.get("bank_acc_number"):
            field = self.env["res.partner.bank"]._fields["acc_number"]
            banks = self.env["res.partner.bank"]
            vals["bank_acc_number"] = field.protected(number, banks)
        return super()._fill_missing_values(vals, protected_codes)
