from odoo import fields, models


class DmsRiskClose(models.TransientModel):
    """Asks why alerts are closed, one or many at once."""

    _name = "dms.risk.close"
    _description = "Close Risk Alerts"

    alert_ids = fields.Many2many("dms.risk.alert", string="Alerts", required=True)
    outcome = fields.Selection(
        [("confirmed", "Confirmed"), ("false_alarm", "False alarm")],
        "It was",
        required=True,
    )
    reason = fields.Text(
        required=True, help="What was found out; whoever asks later reads it."
    )

    def action_close(self):
        self.ensure_one()
        self.alert_ids._close(self.outcome, self.reason)
        return {"type": "ir.actions.act_window_close"}
