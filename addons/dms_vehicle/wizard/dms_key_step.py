from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dms_key_states import KEY_STEPS
from .chosen import chosen


class DmsKeyStep(models.TransientModel):
    """To whom keys are given, until when and what for."""

    _name = "dms.key.step"
    _description = "Give Keys Out"

    key_ids = fields.Many2many(
        "dms.key.item",
        string="Keys and Plates",
        required=True,
        default=lambda self: chosen(self.env, "dms.key.item"),
    )
    step = fields.Selection(KEY_STEPS, "What Happens", required=True, default="take")
    partner_id = fields.Many2one("res.partner", "Taken by")
    pass_id = fields.Many2one(
        "dms.gate.pass",
        "Gate Pass",
        domain="[('state', 'in', ('issued', 'out')), ('must_return', '=', True)]",
        help="By which the car leaves; says when the keys must be back.",
    )
    due_at = fields.Datetime(
        "Due Back", compute="_compute_due_at", store=True, readonly=False
    )
    note = fields.Char("Reason")

    @api.depends("pass_id")
    def _compute_due_at(self):
        for wizard in self:
            wizard.due_at = wizard.pass_id.back_by or wizard.due_at

    def action_apply(self):
        self.ensure_one()
        steps = {
            "take": self._take,
            "return": lambda keys: keys.bring_back(self.note),
            "hand_over": lambda keys: keys.hand_over(self.partner_id, self.note),
            "lose": lambda keys: keys.lose(self.note),
            "find": lambda keys: keys.find_again(self.note),
        }
        if not self.key_ids:
            raise UserError(self.env._("Choose at least one key."))
        steps[self.step](self.key_ids)
        return {"type": "ir.actions.act_window_close"}

    def _take(self, keys):
        return keys.take(self.partner_id, self.due_at, self.note, self.pass_id)
