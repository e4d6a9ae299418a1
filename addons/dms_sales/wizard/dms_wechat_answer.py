from odoo import fields, models


class DmsWechatAnswer(models.TransientModel):
    """What a consultant answers a customer on WeChat."""

    _name = "dms.wechat.answer"
    _description = "Answer on WeChat"

    lead_id = fields.Many2one("crm.lead", required=True, readonly=True)
    wrote_at = fields.Datetime(related="lead_id.dms_wechat_at")
    until = fields.Datetime(related="lead_id.dms_wechat_until")
    text = fields.Text("Answer", required=True)

    def action_send(self):
        self.ensure_one()
        self.lead_id.dms_answer_wechat(self.text)
        return {"type": "ir.actions.act_window_close"}
