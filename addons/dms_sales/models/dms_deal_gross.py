from odoo import api, fields, models

from .dms_loan_terms import GROUP_COST


class DmsDeal(models.Model):
    """What the store earns with a deal, for those who may see it."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    gross_front = fields.Monetary(
        "Front Gross",
        compute="_compute_gross",
        store=True,
        groups=GROUP_COST,
        help="With the car itself: price less cost, discounts, trade-in; without VAT.",
    )
    gross_back = fields.Monetary(
        "Back Gross",
        compute="_compute_gross",
        store=True,
        groups=GROUP_COST,
        help="With what is sold around it: accessories, insurance, loan, services.",
    )
    gross_total = fields.Monetary(
        "True Gross",
        compute="_compute_gross",
        store=True,
        groups=GROUP_COST,
        help="Front, back and expected rebates, less the commission; without VAT.",
    )

    @api.depends(
        "car_line_id",
        "order_id.order_line.price_total",
        "order_id.order_line.dms_block",
        "order_id.order_line.dms_vehicle_id",
        "order_id.dms_loan_ids.amount",
        "order_id.dms_loan_ids.terms_id",
        "order_id.dms_trade_in_ids.allowance",
        "order_id.dms_trade_in_ids.value",
    )
    def _compute_gross(self):
        for deal in self:
            found = deal.order_id and deal.order_id._dms_gross(deal._dms_lines())
            deal.gross_front = found.front if found else 0
            deal.gross_back = found.back if found else 0
            deal.gross_total = found.total if found else 0
