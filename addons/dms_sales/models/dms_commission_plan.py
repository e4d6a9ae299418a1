from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..commission import GrossShare, Ladder, Penetration, PerUnit, Plan, PlanError
from .money import exact

KINDS = [
    ("per_unit", "Amount per Car"),
    ("gross_share", "Share of the Gross"),
    ("ladder", "Amount by Number of Cars"),
    ("penetration", "Bonus for a Share of Deals"),
]
FLAGS = [
    ("financed", "With a Loan"),
    ("insured", "With Commercial Insurance"),
    ("traded_in", "With a Trade-In"),
    ("accessories", "With Accessories"),
]
PARTS = [
    ("all", "All of the Deal"),
    ("front", "Car"),
    ("back", "All but the Car"),
    ("accessories", "Accessories"),
    ("insurance", "Insurance"),
    ("registration", "Registration"),
    ("loan", "Loan"),
]
BACK = ("accessories", "insurance", "registration", "loan")
EXPENSE, PAYABLE = "l10n_cn_account_5601", "l10n_cn_common_account_2211"


class DmsCommissionPlan(models.Model):
    """How who sells cars earns by them, as data: rules and a cap."""

    _name = "dms.commission.plan"
    _description = "Commission Plan"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    date_from = fields.Date("Valid from", required=True)
    date_to = fields.Date("Valid until")
    user_ids = fields.Many2many(
        "res.users",
        string="Only for",
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
        help="Empty: for everybody who sells and has no plan of his own.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cap = fields.Monetary("At Most a Month", help="0: no limit.")
    rule_ids = fields.One2many("dms.commission.rule", "plan_id", "Rules", copy=True)
    expense_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        default=lambda self: self._default_account(EXPENSE),
    )
    payable_account_id = fields.Many2one(
        "account.account",
        "Account of What Is Owed to Staff",
        check_company=True,
        default=lambda self: self._default_account(PAYABLE),
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A plan ends after it begins.",
    )

    @api.model
    def _default_account(self, xmlid):
        chart = self.env["account.chart.template"].with_company(self.env.company)
        # a plan names its accounts; who writes it need not read the chart
        return chart.sudo().ref(xmlid, False)

    @api.constrains("rule_ids", "cap")
    def _check_plan(self):
        for plan in self:
            try:
                plan._dms_plan()
            except PlanError as error:
                raise ValidationError(plan._refusal(error)) from error

    def _dms_plan(self):
        """:return: the core's ``Plan``
        :raise PlanError: if its rules make no sense
        """
        rules = tuple(rule._dms_rule() for rule in self.rule_ids)
        return Plan(rules, exact(self.cap) if self.cap else None)

    def _refusal(self, error):
        reasons = {
            "name": self.env._("each rule needs a name of its own"),
            "negative": self.env._("amounts are not negative"),
            "percent": self.env._("shares lie between 0 and 100 percent"),
            "steps": self.env._("its steps must rise, from 1 car on"),
            "flag": self.env._("say which deals it counts"),
        }
        return self.env._(
            "%(rule)s: %(reason)s.",
            rule=error.rule or self.name,
            reason=reasons.get(error.code, error.code),
        )

    @api.model
    def _dms_for(self, user, store, day):
        """:return: the plan of who sells on a day: his own, else that of all"""
        domain = Domain("company_id", "=", store.id)
        domain &= Domain("date_from", "<=", day)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        plans = self.search(domain)
        own = plans.filtered(lambda plan: user in plan.user_ids)
        return (own or plans.filtered(lambda plan: not plan.user_ids))[:1]


class DmsCommissionRule(models.Model):
    """One way to earn. What a kind does not need is not shown."""

    _name = "dms.commission.rule"
    _description = "Rule of a Commission Plan"
    _inherit = ["dms.store.mixin"]
    _order = "sequence, id"

    plan_id = fields.Many2one(
        "dms.commission.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="plan_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    currency_id = fields.Many2one(related="plan_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="per_unit")
    amount = fields.Monetary()
    percent = fields.Float("Share (%)", digits=(6, 2))
    part = fields.Selection(PARTS, "Of the Gross of", default="all")
    counts_losses = fields.Boolean("Losses Count")
    flag = fields.Selection(FLAGS, "Only Deals")
    from_percent = fields.Float("From (%)", digits=(6, 2))
    is_per_unit = fields.Boolean("For Each of Them")
    is_retroactive = fields.Boolean("Step Counts for All Cars", default=True)
    step_ids = fields.One2many("dms.commission.step", "rule_id", "Steps", copy=True)

    def _dms_rule(self):
        """:return: the core's rule"""
        return getattr(self, f"_dms_{self.kind}")()

    def _dms_per_unit(self):
        return PerUnit(self.name, exact(self.amount), self.flag or "")

    def _dms_gross_share(self):
        blocks = {"all": (), "front": ("car",), "back": BACK}
        part = self.part or "all"
        return GrossShare(
            self.name,
            exact(self.percent),
            blocks.get(part, (part,)),
            self.counts_losses,
        )

    def _dms_ladder(self):
        steps = self.step_ids.sorted(lambda step: (step.units, step.id))
        pairs = tuple((step.units, exact(step.amount)) for step in steps)
        return Ladder(self.name, pairs, self.is_retroactive)

    def _dms_penetration(self):
        return Penetration(
            self.name,
            self.flag or "",
            exact(self.from_percent),
            exact(self.amount),
            self.is_per_unit,
        )


class DmsCommissionStep(models.Model):
    _name = "dms.commission.step"
    _description = "Step of a Commission Rule"
    _inherit = ["dms.store.mixin"]
    _order = "units, id"
    _rec_name = "units"

    rule_id = fields.Many2one(
        "dms.commission.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="rule_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    currency_id = fields.Many2one(related="rule_id.currency_id")
    units = fields.Integer("From Cars", required=True, default=1)
    amount = fields.Monetary("Amount per Car")
