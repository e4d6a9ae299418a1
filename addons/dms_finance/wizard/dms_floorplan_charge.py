from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.floorplan_charge import Charge


class DmsFloorplanCharge(models.TransientModel):
    """Propose the entry that pays a lender's interest; the accountant posts it."""

    _name = "dms.floorplan.charge"
    _description = "Pay Interest"

    line_id = fields.Many2one("dms.floorplan.line", required=True, readonly=True)
    currency_id = fields.Many2one(related="line_id.currency_id")
    until = fields.Date(
        "Statement up to",
        required=True,
        default=lambda self: self._last_of_month(),
        help="Last day that the lender's statement counts.",
    )
    date = fields.Date("Paid on", required=True, default=fields.Date.context_today)
    reference = fields.Char("Statement No.")
    accrued = fields.Monetary("Accrued up to Then", compute="_compute_accrued")
    amount = fields.Monetary(
        "Charged by the Lender",
        compute="_compute_amount",
        store=True,
        readonly=False,
    )
    difference = fields.Monetary(
        compute="_compute_difference",
        help="Booked as interest: the lender charges more, or less, than was accrued.",
    )

    @api.model
    def _last_of_month(self):
        return fields.Date.context_today(self).replace(day=1) - timedelta(days=1)

    @api.depends("line_id", "until")
    def _compute_accrued(self):
        for wizard in self:
            known = wizard.line_id and wizard.until
            wizard.accrued = (
                wizard.line_id._interest_unpaid(wizard.until) if known else 0.0
            )

    @api.depends("accrued")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.accrued

    @api.depends("accrued", "amount")
    def _compute_difference(self):
        for wizard in self:
            wizard.difference = wizard.amount - wizard.accrued

    def action_propose(self):
        """:return: an action that shows the entry, a draft until it is posted"""
        self.ensure_one()
        self._check_amount()
        self._check_not_proposed()
        charge = Charge(
            self.line_id, self.until, self.date, self.amount, self.reference
        )
        move = self.env["account.move"].create(charge.prepare_move())
        return self.env["dms.vehicle"]._open("account.move", move)

    def _check_amount(self):
        if self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(
                self.env._("Enter what the lender charges, more than zero.")
            )

    def _check_not_proposed(self):
        waiting = self.env["account.move"].search(
            [("dms_charged_line_id", "=", self.line_id.id), ("state", "=", "draft")],
            limit=1,
        )
        if waiting:
            raise UserError(
                self.env._(
                    "A payment of interest of %(line)s is waiting to be posted already:"
                    " post or delete %(entry)s first.",
                    line=self.line_id.name,
                    entry=waiting.display_name,
                )
            )
