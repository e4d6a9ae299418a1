from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_vehicle.models.dms_vehicle_ageing import BANDS

from ..floorplan import Terms, dues
from .exact import money

STATES = [
    ("draft", "Not Drawn"),
    ("open", "Open"),
    ("paid", "Paid Back"),
    ("cancelled", "Taken Back"),
]
AGREED = {
    "line_id",
    "vehicle_id",
    "start_date",
    "maturity_date",
    "principal",
    "deposit_due",
    "days_after_sale",
    "terms",
}


class DmsFloorplanContract(models.Model):
    """The credit for one car. What is owed, paid and open follows from the books."""

    _name = "dms.floorplan.contract"
    _description = "Floorplan Car"
    _inherit = [
        "dms.store.mixin",
        "dms.floorplan.contract.interest",
        "dms.floorplan.contract.reminder",
        "dms.ageing",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "start_date desc, id desc"
    _rec_name = "vehicle_id"
    _dms_age_since = "start_date"
    _dms_age_states = ("open",)

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
    # said again here, where its words are translated
    age_band = fields.Selection(BANDS)
    start_date = fields.Date("Drawn on", required=True, readonly=True, index=True)
    maturity_date = fields.Date(required=True, readonly=True)
    principal = fields.Monetary(required=True, readonly=True)
    deposit_due = fields.Monetary("Deposit at Drawing", readonly=True)
    days_after_sale = fields.Integer(readonly=True)
    terms = fields.Json(
        "Terms as Agreed",
        required=True,
        readonly=True,
        help="As agreed on the day of the drawing.",
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
        "dms.floorplan.accrual", "contract_id", "Interest Entries", readonly=True
    )
    owed = fields.Monetary(
        compute="_compute_exposure",
        store=True,
        help="A bill of exchange is owed until it is settled at its maturity.",
    )
    deposited = fields.Monetary(compute="_compute_exposure", store=True)
    exposure = fields.Monetary(
        "At Risk",
        compute="_compute_exposure",
        store=True,
        help="What is owed less what lies with the lender as deposit.",
    )
    paid = fields.Monetary("Paid Down", compute="_compute_exposure", store=True)
    state = fields.Selection(STATES, compute="_compute_exposure", store=True)
    sold_date = fields.Date("Sold on", compute="_compute_sold_date", store=True)
    next_due_date = fields.Date(
        compute="_compute_next_due",
        store=True,
        index=True,
        help="A bill whose cars are all released is still to be settled at maturity.",
    )
    next_due_amount = fields.Monetary(compute="_compute_next_due", store=True)

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
        day_count = self.env["dms.floorplan.line"]._fields["day_count"]
        labels = dict(day_count._description_selection(self.env))
        for contract in self:
            terms = contract.terms or {}
            parts = [
                *contract._terms_words(terms),
                labels.get(terms.get("day_count")),
            ]
            contract.terms_text = " · ".join(filter(None, parts))

    def _terms_words(self, terms):
        """Yield rates, free days and deposit, each as people say it."""
        yield ", ".join(
            self.env._(
                "%(rate)s %% from day %(day)s", rate=f"{float(percent):g}", day=day
            )
            for day, percent in terms.get("brackets", [])
        )
        if free := terms.get("free_days"):
            yield self.env._("%(days)s days free", days=free)
        if self.deposit_due:
            percent = f"{float(terms['deposit_percent']):g}"
            yield self.env._("%(percent)s %% deposit", percent=percent)

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
            debts = items.filtered(
                lambda i: i.account_id.account_type.startswith("liability")
            )
            contract.owed = -sum(debts.mapped("balance"))
            contract.deposited = sum((items - debts).mapped("balance"))
            contract.exposure = contract.owed - contract.deposited
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

    @api.depends("vehicle_id.state", "vehicle_id.company_id")
    def _compute_sold_date(self):
        for contract in self:
            store = contract.company_id
            contract.sold_date = contract.vehicle_id._dms_sold_on(store)

    @api.depends("due_ids.open_amount", "due_ids.date", "state", "owed")
    def _compute_next_due(self):
        for contract in self:
            is_open = contract.state == "open"
            waiting = contract.due_ids.filtered("open_amount") if is_open else []
            to_settle = contract._is_to_settle() and contract.maturity_date
            first = min((due.date for due in waiting), default=to_settle)
            contract.next_due_date = first
            contract.next_due_amount = sum(
                due.open_amount for due in waiting if due.date == first
            )

    def _overpaid(self):
        """:return: what the lender has got beyond what he was owed, 0 if nothing"""
        is_drawn = self.state in ("open", "paid")
        owed = self.currency_id.compare_amounts(self.exposure, 0) >= 0
        return 0.0 if owed or not is_drawn else -self.exposure

    def _is_to_settle(self):
        """:return: whether this bill is owed still though nothing is at risk"""
        positive = self.company_id.currency_id.compare_amounts(self.owed, 0) > 0
        return self.state == "paid" and positive

    def write(self, vals):
        if AGREED.intersection(vals) and self.filtered("draw_move_id"):
            raise UserError(
                self.env._(
                    "What was agreed upon at the drawing stays. Reverse the entry of"
                    " the drawing, then draw the car again."
                )
            )
        return super().write(vals)

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

    # Actions

    def action_pay(self):
        """Open the payment of the rest of these cars."""
        return self._open_payment("all")

    def action_settle(self):
        """Open the settlement of these bills from their deposits."""
        return self._open_payment("bill")

    def _open_payment(self, mode):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_finance.dms_floorplan_pay_action"
        )
        context = {"default_contract_ids": self.ids, "default_mode": mode}
        return dict(action, context=context)

    def action_view_moves(self):
        self.ensure_one()
        moves = self.item_ids.move_id | self.accrual_ids.move_id
        return self.env["dms.vehicle"]._open("account.move", moves)
