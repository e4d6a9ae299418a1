from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..transfer import Rule, Terms, best, price
from .product_template import VEHICLE_KINDS

RULE_KINDS = [
    ("cost", "Cost"),
    ("cost_fee", "Cost and Fee"),
    ("margin", "Internal Margin"),
]


class DmsTransferRule(models.Model):
    """At what price a store gives its cars to its sister stores."""

    _name = "dms.transfer.rule"
    _description = "Transfer Price Rule"
    _inherit = ["dms.store.mixin"]
    _order = "company_id, sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(string="Giving Store")
    store_ids = fields.Many2many("res.partner", compute="_compute_store_ids")
    # staff may not read other companies, but may know them as partners
    to_store_id = fields.Many2one(
        "res.partner",
        "Receiving Store",
        index="btree_not_null",
        domain="[('id', 'in', store_ids)]",
        help="Empty: any store of the dealer group.",
    )
    brand_id = fields.Many2one("dms.brand", help="Empty: cars of any brand.")
    vehicle_kind = fields.Selection(
        VEHICLE_KINDS, "Kind of Car", help="Empty: cars of any kind."
    )
    kind = fields.Selection(
        RULE_KINDS, "Price", required=True, default="cost", help="Always before tax."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    fee = fields.Monetary("Fee per Car")
    percent = fields.Float("Margin on Cost (%)")
    limit_percent = fields.Float(
        "Free Change (%)",
        help="By how much a sales manager may change the price by himself. Beyond it,"
        " the store manager decides and says why.",
    )
    valid_from = fields.Date()
    valid_to = fields.Date()

    _numbers = models.Constraint(
        "CHECK (fee >= 0 AND percent BETWEEN 0 AND 100 AND limit_percent BETWEEN 0"
        " AND 100)",
        "Fee and percentages are not negative, percentages at most 100.",
    )

    @api.depends("company_id")
    def _compute_store_ids(self):
        for rule in self:
            rule.store_ids = rule.company_id._dms_sister_stores().partner_id

    @api.constrains("valid_from", "valid_to")
    def _check_period(self):
        for rule in self:
            if (rule.valid_from or date.min) > (rule.valid_to or date.max):
                raise ValidationError(
                    self.env._("A price rule cannot end before it begins.")
                )

    @api.model
    def _dms_of_store(self, company):
        # the asking store is given a price, not the rules it follows
        return self.sudo().search([("company_id", "=", company.id)])

    def _dms_best(self, car, store, day):
        """:return: the rule of these for a car that ``store`` asks for, maybe none"""
        terms = [rule._dms_terms() for rule in self]
        key = best(terms, store=store.id, brand=car.brand_id.id, kind=car.kind, day=day)
        return self.browse(key)

    def _dms_terms(self):
        return Terms(
            key=self.id,
            store=self.to_store_id.id or None,
            brand=self.brand_id.id or None,
            kind=self.vehicle_kind or None,
            sequence=self.sequence,
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
        )

    def _dms_price(self, cost):
        """:return: the price by this rule; without a rule it is the cost"""
        return price(cost, Rule(self.kind or "cost", self.fee, self.percent))
