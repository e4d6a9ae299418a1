from odoo import api, fields, models

from .product_template import BLOCKS


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    dms_block = fields.Selection(
        BLOCKS,
        "Block",
        compute="_compute_dms_block",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("product_id", "display_type")
    def _compute_dms_block(self):
        for line in self:
            block = line.product_id.dms_block or "accessories"
            line.dms_block = block if line.product_id else False
