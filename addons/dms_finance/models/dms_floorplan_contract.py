from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..floorplan import Movement, Terms, cents, daily_interest, dues, interest
from .exact import money

STATES = [
    ("draft", "Not Drawn"),
    ("open", "Open"),
    ("paid", "Paid Back"),
    ("cancelled", "Taken Back"),
]
ALERT_DAYS = 7
ACTIVITY = "dms_finance.mail_activity_type_floorplan"

MOVEMENTS = """
    SELECT item.dms_floorplan_id, item.date,
           -SUM(item.balance) FILTER (WHERE account.account_type LIKE 'liability%%'),
           SUM(item.balance) FILTER (WHERE account.account_type LIKE 'asset%%')
      FROM account_move_line item
      JOIN account_account account ON account.id = item.account_id
     WHERE item.dms_floorplan_id IN %s AND item.parent_state = 'posted'
  GROUP BY item.dms_floorplan_id, item.date
"""


class DmsFloorplanContract(models.Model):
    """The credit for one car. What is owed, paid and open follows from the books."""

    _name = "dms.floorplan.contract"
    _description = "Floorplan Car"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "start_date desc, id desc"
    _rec_name = "vehicle_id"

    line_id = fields.Many2one(
        "dms.floorplan.line",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    lender_id = fields.Many2one(related="line_id.lender_id", store=True)
    kind = fields.Selection(related="line_id.kind", store=True)
    # not check_company: a car that went to a sister store is still to be paid here
    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, readonly=True, index=True, ondelete="restrict"
    )
    series_id = fields.Many2one(related="vehicle_id.series_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    reference = fields.Char(
        "Bill or Drawing No.", help="The lender's number of this drawing."
    )
    start_date = fields.Date("Drawn on", required=True, readonly=True, index=True)
    maturity_date = fields.Date(required=True, readonly=True)
    principal = fields.Monetary(required=True, readonly=True)
    deposit_due = fields.Monetary("Deposit at Drawing", readonly=True)
    days_after_sale = fields.Integer(readonly=True)
    terms = fields.Json(
        required=True, readonly=True, help="As agreed on the day of the drawing."
    )
    terms_text = fields.Char("Terms", compute="_compute_terms_text")
    draw_move_id = fields.Many2one("account.move", "Drawing", readonly=True, index=True)
    bill_id = fields.Many2one("account.move", readonly=True)
    purchase_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, index="btree_not_null"
    )
    item_ids = fields.One2many(
        "account.move.line", "dms_floorplan_id", "Journal Items", readonly=True
    )
    due_ids = fields.One2many("dms.floorplan.due", "contract_id", "Dues", readonly=True)
    accrual_ids = fields.One2many(
        "dms.floorplan.accrual", "contract_id", "Interest Booked", readonly=True
    )
    exposure = fields.Monetary(
        "At Risk",
        compute="_compute_exposure",
        store=True,
        help="What is owed less what lies with the lender as deposit.",
    )
    paid = fields.Monetary("Paid Down", compute="_compute_exposure", store=True)
    state = fields.Selection(STATES, compute="_compute_exposure", store=True)
    interest_final = fields.Boolean(
        compute="_compute_interest_final",
        store=True,
        readonly=False,
        help="All interest of a car that is paid back is booked.",
    )
    sold_date = fields.Date("Sold on", compute="_compute_sold_date", store=True)
    next_due_date = fields.Date(compute="_compute_next_due", store=True, index=True)
    next_due_amount = fields.Monetary(compute="_compute_next_due", store=True)
    age_days = fields.Integer("Age (days)", compute="_compute_interest")
    interest = fields.Monetary(
        "Interest so far",
        compute="_compute_interest",
        help="Of all days before today, booked or not.",
    )
    interest_per_day = fields.Monetary(compute="_compute_interest")
    interest_booked = fields.Monetary(compute="_compute_interest_booked")

    _principal_positive = models.Constraint(
        "CHECK (principal > 0)", "The principal must be more than zero."
    )
    _open_vehicle_uniq = models.UniqueIndex(
        "(vehicle_id) WHERE state = 'open'",
        "This car is financed already. Pay it back before it is drawn again.",
    )
    _line_state_idx = models.Index("(line_id, state)")

    # Computed fields

    @api.depends("terms")
    def _compute_terms_text(self):
        labels = dict(
            self.env["dms.floorplan.line"]
            ._fields["day_count"]
            ._description_selection(self.env)
        )
        for contract in self:
            terms = contract.terms or {}
            rates = ", ".join(
                self.env._("%(rate)s %% from day %(day)s", rate=percent, day=day)
                for day, percent in terms.get("brackets", [])
            )
            free = self.env._("%(days)s days free", days=terms.get("free_days", 0))
            parts = [rates, free, labels.get(terms.get("day_count"))]
            contract.terms_text = " · ".join(filter(None, parts))

    @api.depends(
        "principal",
        "deposit_due",
        "item_ids.parent_state",
        "item_ids.balance",
        "draw_move_id.state",
        "draw_move_id.reversal_move_ids.state",
    )
    def _compute_exposure(self):
        for contract in self:
            items = contract.item_ids.filtered(lambda i: i.parent_state == "posted")
            contract.exposure = -sum(items.mapped("balance"))
            contract.state = contract._state_by_books()
            at_first = contract.principal - contract.deposit_due
            drawn = contract.state in ("open", "paid")
            contract.paid = at_first - contract.exposure if drawn else 0.0

    def _state_by_books(self):
        draw = self.draw_move_id
        if not draw or draw.state == "draft":
            return "draft"
        if draw.state == "cancel" or "posted" in draw.reversal_move_ids.mapped("state"):
            return "cancelled"
        positive = self.company_id.currency_id.compare_amounts(self.exposure, 0) > 0
        return "open" if positive else "paid"

    @api.depends(
        "item_ids.parent_state",
        "item_ids.balance",
        "item_ids.date",
        "accrual_ids.move_id.state",
    )
    def _compute_interest_final(self):
        """To be asked again; the next accrual finds out."""
        self.interest_final = False

    @api.depends("vehicle_id.state")
    def _compute_sold_date(self):
        for contract in self:
            contract.sold_date = contract.vehicle_id._dms_sold_on()

    @api.depends("due_ids.open_amount", "due_ids.date", "state")
    def _compute_next_due(self):
        for contract in self:
            waiting = contract.due_ids.filtered("open_amount").sorted("date")
            first = waiting[:1] if contract.state == "open" else waiting.browse()
            contract.next_due_date = first.date
            contract.next_due_amount = first.open_amount

    @api.depends("start_date", "maturity_date", "terms", "exposure", "state")
    def _compute_interest(self):
        today = fields.Date.context_today(self)
        movements = self._movements()
        for contract in self:
            moved = movements[contract._origin.id]
            arguments = contract._interest_arguments(moved)
            contract.interest = float(cents(interest(*arguments, today)))
            contract.interest_per_day = float(cents(daily_interest(*arguments, today)))
            contract.age_days = (today - contract.start_date).days

    def _compute_interest_booked(self):
        booked = self._booked()
        for contract in self:
            contract.interest_booked = booked.get(contract.id, 0.0)

    # Books

    def _movements(self):
        """:return: per contract id the list of ``Movement`` that posted items show"""
        moved = defaultdict(list)
        if self.ids:
            self.env["account.move.line"].flush_model()
            self.env.cr.execute(SQL(MOVEMENTS, tuple(self.ids)))
            for contract_id, day, owed, deposited in self.env.cr.fetchall():
                moved[contract_id].append(Movement(day, money(owed), money(deposited)))
        return moved

    def _interest_arguments(self, movements):
        """:return: the first arguments of ``floorplan.interest``"""
        terms = Terms.from_json(self.terms)
        return terms, self.start_date, self.maturity_date, movements

    def _booked(self):
        """:return: per contract id the interest in posted entries"""
        groups = self.env["dms.floorplan.accrual"]._read_group(
            [("contract_id", "in", self.ids), ("move_id.state", "=", "posted")],
            ["contract_id"],
            ["amount:sum"],
        )
        return {contract.id: amount for contract, amount in groups}

    def _make_dues(self):
        """Write down when what has to be paid back, by the terms of the drawing."""
        self.env["dms.floorplan.due"].create(
            [
                {
                    "contract_id": contract.id,
                    "planned_date": due.on,
                    "amount": float(due.amount),
                    "kind": due.kind,
                }
                for contract in self
                for due in dues(
                    Terms.from_json(contract.terms),
                    money(contract.principal),
                    contract.start_date,
                    contract.maturity_date,
                )
            ]
        )

    def _interest_ends_before(self, until):
        """:return: whether this car was paid back before ``until``, as the books say"""
        days = [item.date for item in self.item_ids if item.parent_state == "posted"]
        return self.state == "paid" and max(days, default=until) < until

    # Reminders

    @api.model
    def _cron_remind(self):
        """Remind of what falls due within a week; forget what is paid."""
        soon = fields.Date.context_today(self) + timedelta(days=ALERT_DAYS)
        self.search([("state", "=", "open"), ("next_due_date", "<=", soon)])._remind()
        kind = self.env.ref(ACTIVITY)
        done = self.search(
            [("state", "!=", "open"), ("activity_ids.activity_type_id", "=", kind.id)]
        )
        done.activity_unlink([ACTIVITY])

    def _remind(self):
        """Have the responsible pay; a reminder that was dismissed comes back."""
        kind = self.env.ref(ACTIVITY)
        for contract in self.filtered("next_due_date"):
            activity = contract.activity_ids.filtered(
                lambda a: a.activity_type_id == kind
            )
            if activity:
                activity.filtered(
                    lambda a, day=contract.next_due_date: a.date_deadline != day
                ).date_deadline = contract.next_due_date
            else:
                contract.activity_schedule(
                    ACTIVITY,
                    contract.next_due_date,
                    user_id=contract.line_id.user_id.id,
                )

    # Actions

    def action_pay(self):
        """Open the payment of the rest of these cars."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_finance.dms_floorplan_pay_action"
        )
        return dict(action, context={"default_contract_ids": self.ids})

    def action_view_moves(self):
        self.ensure_one()
        moves = self.item_ids.move_id | self.accrual_ids.move_id
        return self.env["dms.vehicle"]._open("account.move", moves)
