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

    dms_deal_id = fields.Many2one(
        "dms.deal",
        "Deal of This Car",
        copy=False,
        index="btree_not_null",
        check_company=True,
        help="Set where one order sells several cars: each is a deal.",
    )

    @api.depends("product_id", "display_type")
    def _compute_dms_block(self):
        for line in self:
            block = line.product_id.dms_block or "accessories"
            line.dms_block = block if line.product_id else False

    def _dms_cars(self):
        """:return: the lines that sell a car, in their order"""
        return self.filtered(lambda line: line.dms_block == "car").sorted()
