from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..loan import Loan, schedule, subsidy
from .money import exact

METHODS = [
    ("annuity", "Equal Instalments"),
    ("linear", "Equal Principal"),
    ("balloon", "Balloon"),
    ("flat", "Flat Fee"),
]
GROUP_COST = "dms_sales.group_cost"
GROUP_INCOME = f"{GROUP_COST},dms_base.group_dms_fi_officer"


class DmsLoanTerms(models.Model):
    """What a lender offers the customers of a store: a product of a bank or captive."""

    _name = "dms.loan.terms"
    _description = "Loan Terms"
    _inherit = ["dms.store.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    lender_id = fields.Many2one("res.partner", required=True, check_company=True)
    brand_id = fields.Many2one("dms.brand", help="Empty: for every brand.")
    date_from = fields.Date("Valid from")
    date_to = fields.Date("Valid until")
    method = fields.Selection(METHODS, required=True, default="annuity")
    months = fields.Integer(required=True, default=36)
    percent = fields.Float(
        "Rate (%)",
        digits=(6, 3),
        help="A year, as the customer pays it; of the whole amount with a flat fee.",
    )
    lender_percent = fields.Float(
        "Rate of the Lender (%)",
        digits=(6, 3),
        help="What the lender asks for. Above the customer's rate, somebody pays the"
        " difference as a subsidy.",
    )
    is_subsidised_by_store = fields.Boolean(
        "Store Pays the Subsidy", help="Else the manufacturer does."
    )
    balloon_percent = fields.Float(
        "Balloon (%)", digits=(5, 2), help="Of the amount, due with the last payment."
    )
    max_percent = fields.Float(
        "Highest Share (%)",
        digits=(5, 2),
        default=80,
        help="Of the car's price that the lender finances. 0: it decides by itself.",
    )
    fee = fields.Monetary("Service Fee", help="Paid by the customer at the start.")
    commission_percent = fields.Float(
        "Commission of the Lender (%)",
        digits=(5, 2),
        groups=GROUP_INCOME,
        help="Of the amount lent, with VAT, paid to the store.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _months_positive = models.Constraint(
        "CHECK (months BETWEEN 1 AND 120)", "A loan runs for 1 to 120 months."
    )
    _percents_possible = models.Constraint(
        "CHECK (COALESCE(percent, 0) >= 0 AND COALESCE(lender_percent, 0) >= 0"
        " AND COALESCE(balloon_percent, 0) BETWEEN 0 AND 99"
        " AND COALESCE(max_percent, 0) BETWEEN 0 AND 100"
        " AND COALESCE(commission_percent, 0) BETWEEN 0 AND 100)",
        "Rates and shares lie between 0 and 100 percent.",
    )

    @api.constrains("method", "balloon_percent")
    def _check_balloon(self):
        for terms in self:
            if terms.balloon_percent and terms.method != "balloon":
                raise ValidationError(
                    self.env._("Only a balloon loan has a balloon: set it to 0.")
                )

    @api.model
    def _dms_offered(self, store, brand):
        """:return: the terms that hold today for cars of a brand in a store"""
        today = fields.Date.context_today(self)
        return self.search(
            [
                ("company_id", "=", store.id),
                ("brand_id", "in", [False, brand.id]),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )

    def _dms_loan(self, amount, percent=None):
        """:return: the core's ``Loan`` of an amount by these terms"""
        amount = exact(amount)
        balloon = exact(float(amount) * self.balloon_percent / 100)
        rate = exact3(self.percent if percent is None else percent)
        return Loan(amount, self.months, rate, self.method, balloon)

    def _dms_schedule(self, amount):
        """:return: what the customer pays month by month, a ``loan.Schedule``"""
        return schedule(self._dms_loan(amount))

    def _dms_store_subsidy(self, amount):
        """:return: what the store pays the lender at once, in yuan without VAT"""
        if not self.is_subsidised_by_store or self.lender_percent <= self.percent:
            return exact(0)
        asked = self._dms_loan(amount, self.lender_percent)
        return subsidy(asked, self._dms_loan(amount)).upfront


def exact3(percent):
    """:return: a rate as it is typed, to three places"""
    return exact(percent * 10) / 10
