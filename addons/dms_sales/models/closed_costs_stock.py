"""What stock moves were worth, closed to who sells; the system values them still."""

from odoo import fields, models

from .closed_costs import MAY_SEE


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move"]

    price_unit = fields.Float(groups=MAY_SEE)
    standard_price = fields.Float(groups=MAY_SEE)
    value = fields.Monetary(groups=MAY_SEE)
    value_manual = fields.Monetary(groups=MAY_SEE)
    remaining_value = fields.Monetary(groups=MAY_SEE)
    value_justification = fields.Text(groups=MAY_SEE)
    value_computed_justification = fields.Text(groups=MAY_SEE)

    def _merge_moves(self, merge_into=False):
        # moves of one order are compared by their cost, too, whoever confirms it
        into = merge_into and merge_into.sudo()
        return super(StockMove, self.sudo())._merge_moves(into).with_env(self.env)
