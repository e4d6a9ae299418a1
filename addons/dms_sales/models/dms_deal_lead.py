from odoo import models


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    def action_dms_add_variant(self):
        """A new offer to a customer who was lost brings the lead back."""
        lost = self.lead_id.filtered(lambda lead: lead.won_status == "lost")
        lost.action_restore()
        return super().action_dms_add_variant()
