from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..desk import Financing, Line
from ..loan import AnnualError, annualised
from .dms_loan_terms import GROUP_INCOME
from .money import exact

VAT_OF_SERVICES = 6


class DmsDealLoan(models.Model):
    """The loan in one variant, by the terms of a lender."""

    _name = "dms.deal.loan"
    _description = "Loan of a Deal"
    _inherit = ["dms.store.mixin"]
    _rec_name = "terms_id"

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
    terms_id = fields.Many2one(
        "dms.loan.terms", required=True, index=True, check_company=True
    )
    amount = fields.Monetary("Amount Lent", required=True)
    months = fields.Integer(related="terms_id.months")
    percent = fields.Float(related="terms_id.percent")
    monthly = fields.Monetary("Monthly Rate", compute="_compute_payments")
    last_payment = fields.Monetary("Last Rate", compute="_compute_payments")
    interest = fields.Monetary(compute="_compute_payments")
    annual_percent = fields.Float(
        "Annualised Rate (%)",
        digits=(6, 2),
        compute="_compute_payments",
        help="On what is still owed, with all fees paid at the start.",
    )
    commission = fields.Monetary(
        "Commission of the Lender",
        compute="_compute_commission",
        groups=GROUP_INCOME,
        compute_sudo=True,
    )

    _one_per_variant = models.UniqueIndex(
        "(order_id)", "This variant has a loan already: change it."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Enter how much is lent: more than 0."
    )

    @api.depends(
        "amount",
        "terms_id.method",
        "terms_id.months",
        "terms_id.percent",
        "terms_id.balloon_percent",
        "order_id.order_line.price_total",
    )
    def _compute_payments(self):
        for loan in self:
            plan = loan._dms_plan()
            payments = plan.payments if plan else ()
            loan.monthly = payments[0] if payments else 0
            loan.last_payment = payments[-1] if payments else 0
            loan.interest = plan.interest if plan else 0
            loan.annual_percent = loan._dms_annual(payments)

    @api.depends("amount", "terms_id.commission_percent")
    def _compute_commission(self):
        for loan in self:
            loan.commission = loan.amount * loan.terms_id.commission_percent / 100

    @api.constrains("amount", "terms_id", "order_id")
    def _check_amount(self):
        for loan in self:
            most = loan.order_id._dms_most_lent(loan.terms_id)
            # a copy gets its loan before its lines
            if most and loan.amount > most:
                raise ValidationError(
                    self.env._(
                        "%(lender)s lends at most %(percent)s %% of the car's price:"
                        " %(amount)s.",
                        lender=loan.terms_id.lender_id.name,
                        percent=loan.terms_id.max_percent,
                        amount=loan.currency_id.format(most),
                    )
                )

    def _dms_plan(self):
        """:return: the ``loan.Schedule``, None as long as no amount is typed"""
        if self.amount <= 0 or not self.terms_id:
            return None
        return self.terms_id._dms_schedule(self.amount)

    def _dms_annual(self, payments):
        fees = self.order_id.order_line.filtered(lambda line: line.dms_block == "loan")
        received = exact(self.amount) - exact(sum(fees.mapped("price_total")))
        try:
            return float(annualised(received, payments).nominal)
        except AnnualError:
            return 0.0

    def _dms_financing(self):
        """:return: what the core knows of the loan, None without one"""
        plan = self[:1]._dms_plan()
        return Financing.of(plan) if plan else None

    def _dms_desk_lines(self):
        """:return: what the store earns and spends with the loan, as lines"""
        # the lender's commission is closed to consultants
        for loan in self.sudo():
            percent = exact(VAT_OF_SERVICES)
            if loan.commission:
                yield Line("loan", income=exact(loan.commission), percent=percent)
            if cost := loan.terms_id._dms_store_subsidy(loan.amount):
                yield Line("loan", cost=cost)
