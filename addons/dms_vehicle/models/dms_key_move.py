from odoo import api, fields, models

from .dms_key_states import KEY_STEPS


class DmsKeyMove(models.Model):
    """A key that changed hands; never changed afterwards."""

    _name = "dms.key.move"
    _description = "Key Move"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"

    item_id = fields.Many2one(
        "dms.key.item", "Key", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, ondelete="restrict")
    vehicle_id = fields.Many2one(
        "dms.vehicle", "Car", index="btree_not_null", ondelete="restrict"
    )
    step = fields.Selection(KEY_STEPS, "What Happened", required=True)
    from_partner_id = fields.Many2one(
        "res.partner", "Given by", ondelete="restrict", help="Empty: the cabinet."
    )
    to_partner_id = fields.Many2one(
        "res.partner", "Taken by", ondelete="restrict", help="Empty: the cabinet."
    )
    user_id = fields.Many2one(
        "res.users", "Recorded by", required=True, ondelete="restrict"
    )
    at = fields.Datetime("When", required=True)
    due_at = fields.Datetime("Due Back")
    note = fields.Char("Reason")
    pass_id = fields.Many2one("dms.gate.pass", "Gate Pass", ondelete="restrict")
    picking_id = fields.Many2one("stock.picking", "Stock Move", ondelete="restrict")

    _company_idx = models.Index("(company_id, id DESC)")

    @api.depends("item_id", "step")
    def _compute_display_name(self):
        steps = dict(self._fields["step"]._description_selection(self.env))
        for move in self:
            move.display_name = f"{move.item_id.display_name} · {steps.get(move.step)}"
