from odoo import fields, models


class DmsVehiclePassportRevoke(models.TransientModel):
    """Asks why passports are revoked, and revokes them."""

    _name = "dms.vehicle.passport.revoke"
    _description = "Revoke Passports"

    passport_ids = fields.Many2many("dms.vehicle.passport", required=True)
    reason = fields.Char(
        required=True, help="Kept with the passport; readers do not see it."
    )

    def action_revoke(self):
        self.passport_ids._check_may_end()
        self.passport_ids._end(self.reason)
        return {"type": "ir.actions.act_window_close"}
