from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dms_base.models.conversation import conversation_fields

from ..commission import Deal, Plan, clawback, compute
from .dms_commission_text import line_text
from .money import exact

STATES = [("draft", "Draft"), ("approved", "Approved")]
COST = "dms_sales.group_cost"
TYPED = {"user_id", "month", "company_id"}


class DmsCommissionStatement(models.Model):
    """What one person earned in a month, rule by rule, from posted figures.

    A draft is computed again as often as one likes; once approved it keeps the deals
    and the plan it was made of; what is taken back later is owed in a later month.
    """

    _name = "dms.commission.statement"
    _description = "Commission Statement"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "month desc, user_id, id"

    user_id = fields.Many2one("res.users", "For", required=True, index=True)
    month = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="Its first day.",
    )
    plan_id = fields.Many2one("dms.commission.plan", readonly=True, copy=False)
    deal_ids = fields.Many2many("dms.deal", string="Deals", readonly=True, copy=False)
    line_ids = fields.One2many(
        "dms.commission.line", "statement_id", "Lines", readonly=True, copy=False
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    total = fields.Monetary(compute="_compute_total", store=True)
    facts = fields.Json("Made of", readonly=True, copy=False, groups=COST)
    computed_at = fields.Datetime("Computed on", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move", "Entry", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    _one_a_month = models.UniqueIndex(
        "(company_id, user_id, month)",
        "This person has a statement for this month already.",
    )
    _first_day = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)",
        "Enter the first day of the month.",
    )

    @api.depends("line_ids.amount")
    def _compute_total(self):
        for one in self:
            one.total = sum(one.line_ids.mapped("amount"))

    @api.depends("user_id", "month")
    def _compute_display_name(self):
        for one in self:
            month = one.month and f"{one.month:%Y-%m}"
            one.display_name = " · ".join(filter(None, (one.user_id.name, month)))

    def write(self, vals):
        changed = vals.keys() - conversation_fields(self.env)
        if not self.env.su and changed:
            self.check_access("write")
            self._check_draft()
            self._check_typed(changed)
        return super().write(vals)

    def _check_typed(self, names):
        if names - TYPED:
            raise UserError(
                self.env._("A commission is computed and approved, not typed.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list if not self.env.su else []:
            self._check_typed(vals.keys() - conversation_fields(self.env))
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_draft()

    def _check_draft(self):
        for one in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(statement)s is approved and stays as it is; what is taken back"
                    " later is owed in a later month.",
                    statement=one.display_name,
                )
            )

    # Computing

    def action_compute(self):
        """Compute again from what is posted now."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_draft()
            one._dms_compute()
        return True

    def _dms_compute(self):
        plan = self.env["dms.commission.plan"]._dms_for(
            self.user_id, self.company_id, self.month
        )
        if not plan:
            raise UserError(
                self.env._(
                    "No commission plan of %(store)s holds for %(user)s in that month:"
                    " write one first.",
                    store=self.company_id.name,
                    user=self.user_id.name,
                )
            )
        deals = self._dms_deals()
        figures = [deal._dms_commission_deal() for deal in deals]
        lines = [
            self._prepare_line(line)
            for line in compute(plan._dms_plan(), figures).lines
        ]
        # lines follow from the books, nobody writes them
        self.sudo().write(
            {
                "plan_id": plan.id,
                "deal_ids": [(6, 0, deals.ids)],
                "line_ids": [(5,)]
                + [(0, 0, vals) for vals in (*lines, *self._dms_taken_back())],
                "facts": self._dms_facts(plan._dms_plan(), figures),
                "computed_at": fields.Datetime.now(),
            }
        )

    def _dms_deals(self):
        """:return: the deals delivered in the month that no other statement has paid"""
        end = fields.Date.add(self.month, months=1)
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("user_id", "=", self.user_id.id)
        domain &= Domain("state", "=", "delivered")
        domain &= Domain("delivered_date", ">=", self.month)
        domain &= Domain("delivered_date", "<", end)
        # what was paid is paid, whoever sees it
        deals = self.env["dms.deal"].sudo().search(domain, order="id")
        paid = self.sudo().search(
            [("state", "=", "approved"), ("deal_ids", "in", deals.ids)]
        )
        return deals - paid.deal_ids

    def _prepare_line(self, line):
        facts = {name: _plain(value) for name, value in line.facts.items()}
        return {
            "rule": line.rule,
            "code": line.code,
            "amount": float(line.amount),
            "deal_id": int(line.deal) if line.deal else False,
            "facts": facts,
        }

    def _dms_facts(self, plan, figures):
        deals = [
            {
                "key": deal.key,
                "gross": {block: str(amount) for block, amount in deal.gross.items()},
                "flags": list(deal.flags),
            }
            for deal in figures
        ]
        return {"plan": plan.as_json(), "deals": deals}

    def _dms_taken_back(self):
        """Yield values of lines for what was paid before and is owed back now."""
        # what was paid once is owed back, whoever computes
        earlier = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("user_id", "=", self.user_id.id),
                ("state", "=", "approved"),
                ("month", "<", self.month),
            ]
        )
        for statement in earlier:
            undone = statement.deal_ids.filtered(lambda deal: deal._dms_is_undone())
            owed = statement._dms_owed(undone) - statement._dms_owed_before(self)
            if owed:
                yield {
                    "rule": "",
                    "code": "clawback",
                    "amount": float(-owed),
                    "source_id": statement.id,
                    "facts": {
                        "month": f"{statement.month:%Y-%m}",
                        "deals": ", ".join(undone.mapped("name")),
                    },
                }

    def _dms_owed(self, undone):
        """:return: yuan that this statement would be less without some deals"""
        # facts are closed with the costs
        facts = self.sudo().facts
        deals = [
            Deal(
                one["key"],
                {block: exact(amount) for block, amount in one["gross"].items()},
                tuple(one["flags"]),
            )
            for one in facts["deals"]
        ]
        keys = {str(deal.id) for deal in undone}
        return clawback(Plan.from_json(facts["plan"]), deals, keys).owed

    def _dms_owed_before(self, but):
        """:return: yuan of it that approved statements have taken back already"""
        # as above: all that was taken back counts
        lines = self.env["dms.commission.line"].sudo()
        found = lines.search(
            [
                ("source_id", "=", self.id),
                ("statement_id", "!=", but.id),
                ("statement_id.state", "=", "approved"),
            ]
        )
        return -exact(sum(found.mapped("amount")))

    # Approving

    def action_approve(self):
        """Agree: it is computed a last time, and its entry waits as a draft."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_draft()
            one._check_approver()
            one._dms_compute()
            # the manager agrees; only this step writes it
            one.sudo().write({"state": "approved", "approved_by_id": self.env.uid})
            one._dms_make_entry()
        return True

    def _check_approver(self):
        if not self.env.su and self.user_id == self.env.user:
            raise UserError(
                self.env._("Nobody approves his own commission: ask the store manager.")
            )

    def _dms_make_entry(self):
        """Leave a draft entry for the accountant; nothing to pay makes none."""
        if not exact(self.total):
            return
        # its accounts are closed to who approves
        plan = self.plan_id.sudo()
        accounts = plan.expense_account_id, plan.payable_account_id
        if not all(accounts):
            raise UserError(
                self.env._(
                    "Plan %(plan)s needs an expense account and one for what is owed to"
                    " staff.",
                    plan=plan.name,
                )
            )
        # a manager approves; the draft is the accountant's
        moves = self.env["account.move"].sudo().with_company(self.company_id)
        self.sudo().move_id = moves.create(self._prepare_entry(*accounts))

    def _prepare_entry(self, expense, payable):
        label = self.env._("Commission %(name)s", name=self.display_name)
        journal = (
            self.env["account.journal"]
            .sudo()
            .search(
                [("type", "=", "general"), ("company_id", "=", self.company_id.id)],
                limit=1,
            )
        )
        sides = ((expense, self.total), (payable, -self.total))
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": journal.id,
            "ref": label,
            "line_ids": [
                (
                    0,
                    0,
                    {
                        "account_id": account.id,
                        "partner_id": self.user_id.partner_id.id,
                        "name": label,
                        "balance": balance,
                    },
                )
                for account, balance in sides
            ],
        }

    # By the month

    @api.model
    def _cron_compute(self):
        """Keep the drafts of this month and the last one as the books are."""
        this = fields.Date.context_today(self).replace(day=1)
        for month in (fields.Date.add(this, months=-1), this):
            for store in (
                self.env["dms.commission.plan"]
                .search([("active", "=", True)])
                .company_id
            ):
                self._dms_open_month(store, month)

    @api.model
    def _dms_open_month(self, store, month):
        """Make and compute the statements of all who delivered in a month.

        :return: the drafts
        """
        end = fields.Date.add(month, months=1)
        groups = self.env["dms.deal"]._read_group(
            [
                ("company_id", "=", store.id),
                ("state", "=", "delivered"),
                ("delivered_date", ">=", month),
                ("delivered_date", "<", end),
            ],
            ["user_id"],
        )
        own = [("company_id", "=", store.id), ("month", "=", month)]
        known = self.search(own)
        plans = self.env["dms.commission.plan"]
        users = [user for [user] in groups if user and user not in known.user_id]
        self.create(
            [
                {"company_id": store.id, "user_id": user.id, "month": month}
                for user in users
                if plans._dms_for(user, store, month)
            ]
        )
        drafts = self.search([*own, ("state", "=", "draft")])
        for one in drafts:
            if plans._dms_for(one.user_id, store, month):
                one._dms_claim()
                one._dms_compute()
        return drafts


class DmsCommissionLine(models.Model):
    """One reason for money, in words."""

    _name = "dms.commission.line"
    _description = "Line of a Commission Statement"
    _inherit = ["dms.store.mixin"]
    _order = "id"
    _rec_name = "rule"

    statement_id = fields.Many2one(
        "dms.commission.statement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="statement_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    user_id = fields.Many2one(
        related="statement_id.user_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="statement_id.currency_id")
    rule = fields.Char()
    code = fields.Char(required=True)
    amount = fields.Monetary()
    deal_id = fields.Many2one("dms.deal", index="btree_not_null")
    source_id = fields.Many2one(
        "dms.commission.statement", "Taken Back from", index="btree_not_null"
    )
    facts = fields.Json(groups=COST)
    explanation = fields.Char(compute="_compute_explanation")

    @api.depends("code", "amount")
    @api.depends_context("lang", "uid")
    def _compute_explanation(self):
        sees_cost = self.env.user.has_group(COST)
        for line in self:
            # the words are chosen by what the reader may see
            facts = line.sudo().facts or {}
            line.explanation = line_text(
                self.env, line.code, facts, line.currency_id, sees_cost
            )


def _plain(value):
    return value if isinstance(value, (int, str, bool)) else str(value)
