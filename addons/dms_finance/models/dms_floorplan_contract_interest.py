from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dms_base.money import cents

from ..floorplan import Movement, Terms, daily_interest, interest
from .exact import money

# an entry of a month that is closed is posted later, the money moved before
MOVEMENTS = """
    SELECT contract.id,
           CASE WHEN item.move_id = contract.draw_move_id THEN contract.start_date
                ELSE COALESCE(move.dms_value_date, item.date) END AS day,
           -SUM(item.balance) FILTER (WHERE account.account_type LIKE 'liability%%'),
           SUM(item.balance) FILTER (WHERE account.account_type LIKE 'asset%%')
      FROM account_move_line item
      JOIN account_move move ON move.id = item.move_id
      JOIN account_account account ON account.id = item.account_id
      JOIN dms_floorplan_contract contract ON contract.id = item.dms_floorplan_id
     WHERE contract.id IN %s AND item.parent_state = 'posted'
  GROUP BY contract.id, day
"""


class DmsFloorplanContractInterest(models.AbstractModel):
    """What a car costs by day; part of ``dms.floorplan.contract``."""

    _name = "dms.floorplan.contract.interest"
    _description = "Interest of a Floorplan Car"

    currency_id = fields.Many2one("res.currency")
    age_days = fields.Integer(
        "Age (days)", compute="_compute_interest", help="Of a credit that is open."
    )
    interest = fields.Monetary(
        "Interest so far",
        compute="_compute_interest",
        help="Of all days before today, booked or not.",
    )
    interest_per_day = fields.Monetary(compute="_compute_interest")
    interest_booked = fields.Monetary(compute="_compute_interest_booked")
    interest_final = fields.Boolean(
        compute="_compute_interest_final",
        store=True,
        readonly=False,
        help="All interest of a car that is paid back is booked.",
    )

    @api.depends("start_date", "maturity_date", "terms", "exposure", "state")
    def _compute_interest(self):
        today = fields.Date.context_today(self)
        movements = self._movements()
        for contract in self:
            moved = movements[contract._origin.id]
            arguments = contract._interest_arguments(moved)
            contract.interest = float(cents(interest(*arguments, today)))
            contract.interest_per_day = float(cents(daily_interest(*arguments, today)))
            age = (today - contract.start_date).days
            contract.age_days = age if contract.state == "open" else 0

    @api.depends("accrual_ids.amount", "accrual_ids.move_id.state")
    def _compute_interest_booked(self):
        booked = self._booked()
        for contract in self:
            contract.interest_booked = booked.get(contract.id, 0.0)

    @api.depends(
        "item_ids.parent_state",
        "item_ids.balance",
        "item_ids.date",
        "item_ids.move_id.dms_value_date",
        "accrual_ids.move_id.state",
    )
    def _compute_interest_final(self):
        """To be asked again; the next accrual finds out."""
        self.interest_final = False

    def _movements(self):
        """:return: per contract id the list of ``Movement`` that posted items show"""
        moved = defaultdict(list)
        if self.ids:
            self.env["account.move.line"].flush_model()
            self.env["account.move"].flush_model(["dms_value_date"])
            self.flush_model(["start_date", "draw_move_id"])
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

    def _interest_ends_before(self, until):
        """:return: whether the books show the credit as over before ``until``"""
        days = [item.date for item in self.item_ids if item.parent_state == "posted"]
        is_over = self.state in ("paid", "cancelled")
        return is_over and all(day < until for day in days)
