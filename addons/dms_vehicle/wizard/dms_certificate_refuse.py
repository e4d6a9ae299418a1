from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dms_certificate_handover import REFUSALS

DOCUMENTS = ("dms.certificate.handover", "dms.certificate.release")


class DmsCertificateRefuse(models.TransientModel):
    """Why a handover or a release is refused."""

    _name = "dms.certificate.refuse"
    _description = "Refuse"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    is_handover = fields.Boolean(compute="_compute_is_handover")
    refusal = fields.Selection(REFUSALS, "What Is Wrong", default="other")
    note = fields.Char("Reason", required=True)

    @api.depends("res_model")
    def _compute_is_handover(self):
        for wizard in self:
            wizard.is_handover = wizard.res_model == DOCUMENTS[0]

    def action_apply(self):
        self.ensure_one()
        if self.res_model not in DOCUMENTS:
            raise UserError(
                self.env._("Open the handover or the release that you refuse.")
            )
        document = self.env[self.res_model].browse(self.res_id)
        if self.is_handover:
            document.refuse(self.refusal or "other", self.note)
        else:
            document.refuse(self.note)
        return {"type": "ir.actions.act_window_close"}
