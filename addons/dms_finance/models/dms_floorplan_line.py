from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, formatLang

from ..floorplan import Bracket, Curtailment, DayCount, Terms, TermsError
from .accrual_run import AccrualRun
from .exact import exact, terms_refusal

# Account codes of the Chinese charts (企业会计准则 / 小企业会计准则), best first.
CODES = {
    "loan": ["2001"],
    "bill": ["2201"],
    "deposit": ["1012"],
    "expense": ["560301", "6603", "5603"],
    "accrued": ["2231"],
    "bank": ["1002"],
}


class DmsFloorplanLine(models.Model):
    """What a lender grants a store for its cars, and on which terms."""

    _name = "dms.floorplan.line"
    _description = "Floorplan Line"
    _inherit = ["dms.store.mixin", "mail.thread"]
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
    limit_amount = fields.Monetary(
        "Limit",
        required=True,
        tracking=True,
        help="The most the lender risks at a time: principal less deposits.",
    )
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
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        check_company=True,
        domain=[("type", "=", "general")],
        default=lambda self: self._default_journal_id(),
    )
    liability_account_id = fields.Many2one(
        "account.account",
        compute="_compute_liability_account_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "liability%")],
        help="Where the store owes the lender: short-term loans or notes payable.",
    )
    deposit_account_id = fields.Many2one(
        "account.account",
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "asset%")],
        default=lambda self: self._default_account("deposit"),
    )
    expense_account_id = fields.Many2one(
        "account.account",
        "Interest Account",
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "expense%")],
        default=lambda self: self._default_account("expense"),
    )
    accrued_account_id = fields.Many2one(
        "account.account",
        "Accrued Interest Account",
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "liability%")],
        default=lambda self: self._default_account("accrued"),
    )
    bank_account_id = fields.Many2one(
        "account.account",
        "Paid From",
        required=True,
        check_company=True,
        domain=[("account_type", "in", ("asset_cash", "asset_current"))],
        default=lambda self: self._default_account("bank"),
    )
    contract_ids = fields.One2many("dms.floorplan.contract", "line_id", "Cars")
    open_count = fields.Integer("Open Cars", compute="_compute_used")
    used = fields.Monetary(compute="_compute_used", help="At risk for drawn cars.")
    reserved = fields.Monetary(
        compute="_compute_used", help="Confirmed orders that are not drawn yet."
    )
    available = fields.Monetary(compute="_compute_used")

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

    # Defaults

    @api.model
    def _default_journal_id(self):
        return self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.env.company.id)],
            limit=1,
        )

    @api.model
    def _default_account(self, role):
        """:return: the account of the store's chart for a key of ``CODES``, if any"""
        accounts = self.env["account.account"].with_company(self.env.company)
        for code in CODES[role]:
            found = accounts.search(
                [
                    ("code", "=like", f"{code}%"),
                    ("company_ids", "in", self.env.company.id),
                ],
                limit=1,
            )
            if found:
                return found
        return accounts

    # Computed fields

    @api.depends("kind")
    def _compute_liability_account_id(self):
        for line in self:
            store = line.company_id or self.env.company
            line.liability_account_id = line.with_company(store)._default_account(
                line.kind or "loan"
            )

    @api.depends("limit_amount", "contract_ids.exposure", "contract_ids.state")
    def _compute_used(self):
        used, reserved = self._used_amounts(), self._reserved_amounts()
        for line in self:
            line.open_count, line.used = used.get(line._origin, (0, 0.0))
            line.reserved = reserved.get(line._origin, 0.0)
            line.available = line.limit_amount - line.used - line.reserved

    def _used_amounts(self):
        groups = self.env["dms.floorplan.contract"]._read_group(
            [("line_id", "in", self.ids), ("state", "=", "open")],
            ["line_id"],
            ["__count", "exposure:sum"],
        )
        return {line: (count, exposure) for line, count, exposure in groups}

    def _reserved_amounts(self):
        # a limit holds for all orders, also for those the user may not read
        groups = (
            self.env["purchase.order"]
            .sudo()
            ._read_group(
                [("dms_floorplan_line_id", "in", self.ids), ("state", "=", "purchase")],
                ["dms_floorplan_line_id"],
                ["dms_floorplan_reserved:sum"],
            )
        )
        return {line.sudo(False): amount for line, amount in groups}

    # Terms

    @api.constrains(
        "kind",
        "day_count",
        "free_days",
        "deposit_percent",
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
                late_percent=exact(self.late_percent),
            )
        except TermsError as error:
            raise ValidationError(terms_refusal(self.env, error)) from error

    def _maturity(self, drawn_on):
        return drawn_on + timedelta(days=self.term_days)

    # Limit

    def _claim(self):
        """Let one transaction at a time use these lines.

        Who comes second waits for the first, is then rolled back and retried, and so
        sees what the first has used: a lock alone would leave it blind to that.
        """
        if self:
            self.env.execute_query(
                SQL(
                    "UPDATE dms_floorplan_line SET id = id WHERE id IN %s RETURNING id",
                    tuple(self.ids),
                )
            )

    def _check_limit(self, asked):
        """Refuse what goes over the limit; to be called when it is written already.

        :param float asked: the part of what is used now that is new
        :raise UserError: naming limit, used and asked
        """
        self.ensure_one()
        # a limit holds for all cars, also for those the user may not read
        line = self.sudo()
        line.invalidate_recordset(["used", "reserved", "available"])
        if line.currency_id.compare_amounts(line.available, 0) >= 0:
            return
        amounts = {
            "limit": line.limit_amount,
            "used": line.used + line.reserved - asked,
            "asked": asked,
            "over": -line.available,
        }
        raise UserError(
            self.env._(
                "The floorplan line %(line)s is not enough: limit %(limit)s, used"
                " %(used)s, asked %(asked)s, that is %(over)s too much. Pay cars back,"
                " choose another line, or have the limit raised.",
                line=line.name,
                **{
                    key: formatLang(self.env, amount, currency_obj=line.currency_id)
                    for key, amount in amounts.items()
                },
            )
        )

    # Interest

    def action_accrue(self):
        """Book the interest of all months that have ended, as far as it is not booked.

        :return: an action that shows the entries, empty if nothing was to book
        """
        until = fields.Date.context_today(self).replace(day=1)
        moves = self._accrue(until)
        if not moves:
            raise UserError(
                self.env._(
                    "All interest up to %(day)s is booked already.",
                    day=fields.Date.to_string(until - timedelta(days=1)),
                )
            )
        return self.env["dms.vehicle"]._open("account.move", moves)

    def _accrue(self, until):
        """Book interest of the days before ``until``, one entry per line.

        Running it again books nothing; after a payment was entered late it books the
        difference.

        :return: the posted ``account.move``, none for lines with nothing to book
        """
        self._claim()
        moves = self.env["account.move"]
        for line in self:
            moves |= AccrualRun(line, until).book()
        return moves

    @api.model
    def _cron_accrue(self):
        cron = self.env["ir.cron"]
        until = fields.Date.context_today(self).replace(day=1)
        lines = self.with_context(active_test=False).search(
            [("contract_ids.interest_final", "=", False)], order="id"
        )
        cron._commit_progress(remaining=len(lines))
        for line in lines:
            line.with_company(line.company_id)._accrue(until)
            if not cron._commit_progress(1):
                break

    def action_view_contracts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_finance.dms_floorplan_contract_action"
        )
        return dict(action, domain=[("line_id", "=", self.id)])
