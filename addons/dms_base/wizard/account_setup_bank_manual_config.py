from odoo import api, models


class AccountSetupBankManualConfig(models.TransientModel):
    _inherit = "account.setup.bank.manual.config"

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo names the journal after the number, in a table that is not encrypted.
        banks = self.env["res.partner.bank"]
        field = banks._fields["acc_number"]
        for vals in vals_list:
            if number := vals.get("acc_number"):
                vals["acc_number"] = field.protected(number, banks)
        return super().create(vals_list)
