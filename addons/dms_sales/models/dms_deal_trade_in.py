from odoo import fields, models

from ..desk import TradeIn
from .money import exact


class DmsDealTradeIn(models.Model):
    """The car given in with one variant (置换)."""

    _name = "dms.deal.trade.in"
    _description = "Trade-In of a Deal"
    _inherit = ["dms.store.mixin"]

    order_id = fields.Many2one(
        "sale.order",
        "Variant",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    name = fields.Char("Car Given In", required=True)
    allowance = fields.Monetary(help="What the customer gets for it.")
    value = fields.Monetary(
        "Appraised Value",
        help="What it is worth to the store. An allowance above it is a discount.",
    )
    payoff = fields.Monetary(
        "Old Loan", help="Paid by the store out of the allowance to end the old loan."
    )

    _one_per_variant = models.UniqueIndex(
        "(order_id)", "This variant takes a car in already: change it."
    )
    _not_negative = models.Constraint(
        "CHECK (COALESCE(allowance, 0) >= 0 AND COALESCE(value, 0) >= 0"
        " AND COALESCE(payoff, 0) >= 0)",
        "Allowance, value and old loan are not negative.",
    )

    def _dms_trade_in(self):
        """:return: what the core knows of the car given in, None without one"""
        car = self[:1]
        if not car:
            return None
        return TradeIn(exact(car.allowance), exact(car.value), exact(car.payoff))
