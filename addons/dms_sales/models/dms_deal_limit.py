from decimal import Decimal

from odoo import api, fields, models

from ..desk import Limits
from .money import exact

ROLES = [
    ("consultant", "Sales Consultant"),
    ("manager", "Sales Manager"),
    ("director", "Store Manager"),
]
RANKS = [role for role, _label in ROLES]
GROUPS = {
    "consultant": "dms_base.group_dms_sales_consultant",
    "manager": "dms_base.group_dms_sales_manager",
    "director": "dms_base.group_dms_store_manager",
}


class DmsDealLimit(models.Model):
    """What a role of a store may give a customer without asking."""

    _name = "dms.deal.limit"
    _description = "Discount Limit"
    _inherit = ["dms.store.mixin"]
    _order = "company_id, brand_id, role, id"
    _rec_name = "role"

    brand_id = fields.Many2one("dms.brand", help="Empty: for every brand.")
    role = fields.Selection(ROLES, required=True)
    is_unlimited = fields.Boolean("Without Limit")
    amount = fields.Monetary(
        "Discount up to",
        help="All that is given away, with VAT: discounts, accessories below their"
        " price, a trade-in above its value.",
    )
    percent = fields.Float(
        "Percent up to",
        digits=(5, 2),
        help="Of the list price of the car. 0: only the amount counts.",
    )
    below_floor = fields.Monetary(help="How far below the price floor, with VAT.")
    has_lowest_gross = fields.Boolean("Looks at the Gross")
    lowest_gross = fields.Monetary(
        help="The true gross that has to stay, without VAT.",
        groups="dms_sales.group_cost",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _one_per_role = models.UniqueIndex(
        "(company_id, COALESCE(brand_id, 0), role)",
        "This role has limits for this brand already: change them.",
    )
    _not_negative = models.Constraint(
        "CHECK (COALESCE(amount, 0) >= 0 AND COALESCE(percent, 0) >= 0"
        " AND COALESCE(below_floor, 0) >= 0)",
        "Limits are not negative.",
    )

    @api.model
    def _dms_ladder(self, store, brand):
        """:return: a store's limits for a brand, else those for every brand, from the
        role with the least to say upwards; empty if nobody is limited
        """
        # limits hold for whoever asks, and lower roles do not see all of them
        found = self.sudo().search(
            [("company_id", "=", store.id), ("brand_id", "in", [False, brand.id])]
        )
        by_role = {
            limit.role: limit
            for limit in found.sorted(lambda limit: bool(limit.brand_id))
        }
        return [by_role[role]._dms_limits() for role in RANKS if role in by_role]

    def _dms_limits(self):
        if self.is_unlimited:
            return Limits(self.role, below_floor=None)
        return Limits(
            self.role,
            amount=exact(self.amount),
            percent=Decimal(str(self.percent)) if self.percent else None,
            below_floor=exact(self.below_floor),
            total_gross=exact(self.lowest_gross) if self.has_lowest_gross else None,
        )

    @api.model
    def _dms_rank_of(self, user):
        """:return: the place of a user's highest role, -1 for none"""
        return max(
            (RANKS.index(role) for role in RANKS if user.has_group(GROUPS[role])),
            default=-1,
        )
