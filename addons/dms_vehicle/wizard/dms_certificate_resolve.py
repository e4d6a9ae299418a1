from odoo import fields, models


class DmsCertificateResolve(models.TransientModel):
    """What was wrong with a certificate is solved."""

    _name = "dms.certificate.resolve"
    _description = "Problem Solved"

    certificate_id = fields.Many2one("dms.certificate", required=True)
    note = fields.Char("How It Was Solved", required=True)
    number = fields.Char(
        "New Number", help="If the paper was issued anew or its number was mistyped."
    )

    def action_apply(self):
        self.ensure_one()
        self.certificate_id.resolve_exception(self.note, self.number)
        return {"type": "ir.actions.act_window_close"}
