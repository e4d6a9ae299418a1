from odoo import fields, models


class DmsTransferReason(models.TransientModel):
    """Why a transfer is refused or cancelled."""

    _name = "dms.transfer.reason"
    _description = "Reason"

    request_id = fields.Many2one("dms.transfer.request", required=True, readonly=True)
    step = fields.Selection(
        [("refuse", "Refuse"), ("cancel", "Cancel"), ("undo", "Ask to Cancel")],
        required=True,
        default="refuse",
        readonly=True,
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        steps = {"refuse": "refuse", "cancel": "cancel", "undo": "ask_undo"}
        getattr(self.request_id, steps[self.step])(self.reason)
        return {"type": "ir.actions.act_window_close"}
