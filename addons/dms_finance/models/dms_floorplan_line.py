from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dms_base.money import exact

from ..floorplan import Bracket, Curtailment, DayCount, Terms, TermsError
from .exact import terms_refusal


class DmsFloorplanLine(models.Model):
    """What a lender grants a store for its cars, and on which terms."""

    _name = "dms.floorplan.line"
    _description = "Floorplan Line"
    _inherit = [
        "dms.store.mixin",
        "dms.floorplan.line.books",
        "dms.floorplan.line.limit",
        "dms.floorplan.line.interest",
        "dms.floorplan.line.charge",
        "mail.thread",
    ]
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    lender_id = fields.Many2one("res.partner", required=True, tracking=True)
    kind = fields.Selection(
        [("loan", "Inventory Loan"), ("bill", "Bank Acceptance")],
        required=True,
        default="loan",
        help="Inventory loan: the lender pays the OEM and interest runs per car. Bank"
        " acceptance: the bank accepts a bill to the OEM against a deposit; each car is"
        " released when the rest of its price is paid into the deposit.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        help="Is reminded of what has to be paid back.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    day_count = fields.Selection(
        [("act_360", "Actual / 360"), ("act_365", "Actual / 365")],
        required=True,
        default="act_360",
        help="Days of a year of interest.",
    )
    free_days = fields.Integer(help="Days after the drawing without interest.")
    term_days = fields.Integer(
        "Term (days)", default=180, help="Days from drawing to maturity."
    )
    days_after_sale = fields.Integer(
        help="A sold car is paid back so many days after its sale at the latest."
    )
    advance_percent = fields.Float(
        "Financed Share (%)",
        default=100,
        digits=(7, 4),
        help="Share of the car's price with tax that the lender pays.",
    )
    deposit_percent = fields.Float("Deposit (%)", digits=(7, 4))
    deposit_interest_percent = fields.Float(
        "Interest on Deposit (%)",
        digits=(7, 4),
        help="Per year, on the deposit of the day of drawing; booked when the bill is"
        " settled.",
    )
    fee_percent = fields.Float(
        "Fee (%)", digits=(7, 4), help="Charged once, on the amount drawn."
    )
    late_percent = fields.Float(
        "Late Charge per Day (%)",
        digits=(7, 4),
        help="From maturity on, on what is still at risk, on top of interest.",
    )
    rate_ids = fields.One2many("dms.floorplan.rate", "line_id", "Rates", copy=True)
    curtailment_ids = fields.One2many(
        "dms.floorplan.curtailment", "line_id", "Curtailments", copy=True
    )

    contract_ids = fields.One2many("dms.floorplan.contract", "line_id", "Cars")

    _limit_positive = models.Constraint(
        "CHECK (limit_amount >= 0)", "The limit cannot be negative."
    )
    _advance_share = models.Constraint(
        "CHECK (advance_percent > 0 AND advance_percent <= 100)",
        "The financed share lies between 0 and 100 %.",
    )
    _days_positive = models.Constraint(
        "CHECK (term_days > 0 AND days_after_sale >= 0 AND fee_percent >= 0)",
        "The term is at least a day; days after sale and fee cannot be negative.",
    )

    @api.constrains(
        "kind",
        "day_count",
        "free_days",
        "deposit_percent",
        "deposit_interest_percent",
        "late_percent",
        "rate_ids",
        "curtailment_ids",
    )
    def _check_terms(self):
        for line in self:
            line._terms()
            if line.kind == "bill" and line.rate_ids:
                raise ValidationError(
                    self.env._(
                        "A bank acceptance bears a fee and no interest: remove the"
                        " rates, or choose an inventory loan."
                    )
                )

    def _terms(self):
        """:return: ``Terms`` as they stand today; a drawn car keeps those of its day
        :raise ValidationError: if they contradict themselves
        """
        self.ensure_one()
        try:
            return Terms(
                day_count=DayCount(self.day_count),
                brackets=[Bracket(r.from_day, exact(r.percent)) for r in self.rate_ids],
                free_days=self.free_days,
                curtailments=[
                    Curtailment(c.day, exact(c.percent)) for c in self.curtailment_ids
                ],
                deposit_percent=exact(self.deposit_percent),
                deposit_interest_percent=exact(self.deposit_interest_percent),
                late_percent=exact(self.late_percent),
            )
        except TermsError as error:
            raise ValidationError(terms_refusal(self.env, error)) from error

    def _maturity(self, drawn_on):
        return drawn_on + timedelta(days=self.term_days)
