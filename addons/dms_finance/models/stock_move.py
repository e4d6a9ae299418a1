from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    dms_adjustment_ids = fields.One2many(
        "stock.valuation.adjustment.lines", "move_id", "Landed Costs", readonly=True
    )
