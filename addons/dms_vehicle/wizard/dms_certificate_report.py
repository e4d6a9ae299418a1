from odoo import fields, models

from ..models.dms_certificate_states import EXCEPTIONS


class DmsCertificateReport(models.TransientModel):
    """Something is wrong with a certificate."""

    _name = "dms.certificate.report"
    _description = "Report a Problem"

    certificate_id = fields.Many2one("dms.certificate", required=True)
    exception = fields.Selection(EXCEPTIONS, "What Is Wrong", required=True)
    note = fields.Char("What Happened", required=True)

    def action_apply(self):
        self.ensure_one()
        self.certificate_id.report_exception(self.exception, self.note)
        return {"type": "ir.actions.act_window_close"}
