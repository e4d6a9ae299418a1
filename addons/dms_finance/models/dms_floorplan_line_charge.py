from odoo import fields, models
from odoo.tools import date_utils

from odoo.addons.dms_base.money import cents

from ..floorplan import interest
from .exact import money


class DmsFloorplanLineCharge(models.AbstractModel):
    """Interest that the lender has charged; part of ``dms.floorplan.line``."""

    _name = "dms.floorplan.line.charge"
    _description = "Interest Charged on a Floorplan Line"

    currency_id = fields.Many2one("res.currency")
    interest_unpaid = fields.Monetary(
        "Accrued Interest",
        compute="_compute_interest_unpaid",
        help="Booked as cost, not yet charged by the lender.",
    )

    def _compute_interest_unpaid(self):
        accrued, paid = self._interest_accrued(), self._interest_paid()
        for line in self:
            line.interest_unpaid = accrued.get(line, 0.0) - paid.get(line, 0.0)

    def _interest_unpaid(self, until):
        """:return: what is accrued for the days up to this one, less what was paid"""
        self.ensure_one()
        self.check_access("read")
        first = date_utils.start_of(until, "month")
        is_whole = until == date_utils.end_of(until, "month")
        whole = [("month", "<=" if is_whole else "<", first)]
        accrued = self._interest_accrued(whole).get(self, 0.0)
        if not is_whole:
            accrued += self._interest_accrued_in_part(first, until)
        return accrued - self._interest_paid().get(self, 0.0)

    def _interest_accrued_in_part(self, first, until):
        """:return: of what is accrued for a month, the part up to this day"""
        after = fields.Date.add(until, days=1)
        # as above: parts belong to the line whose reader asks
        parts = self.env["dms.floorplan.accrual"].sudo()
        groups = parts._read_group(
            [
                ("line_id", "=", self.id),
                ("month", "=", first),
                ("move_id.state", "=", "posted"),
            ],
            ["contract_id"],
            ["amount:sum"],
        )
        contracts = parts.contract_id.union(*(contract for contract, _sum in groups))
        movements = contracts._movements()
        so_far = money(0)
        for contract, amount in groups:
            terms = contract._interest_arguments(movements[contract.id])
            share = cents(interest(*terms, after)) - cents(interest(*terms, first))
            so_far += min(share, money(amount))
        return float(so_far)

    def _interest_accrued(self, domain=()):
        # parts of an entry belong to its line; a bookkeeper reads only his entries
        parts = self.env["dms.floorplan.accrual"].sudo()
        groups = parts._read_group(
            [("line_id", "in", self.ids), ("move_id.state", "=", "posted"), *domain],
            ["line_id"],
            ["amount:sum"],
        )
        return {line.sudo(False): amount for line, amount in groups}

    def _interest_paid(self):
        """:return: per line what its payments have taken from accrued interest"""
        # as above: a bookkeeper reads only his entries, a line shows what all have paid
        items = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("move_id.dms_charged_line_id", "in", self.ids),
                    ("parent_state", "=", "posted"),
                ]
            )
        )
        paid = {}
        for item in items:
            line = item.move_id.dms_charged_line_id.sudo(False)
            if item.account_id == line.accrued_account_id:
                paid[line] = paid.get(line, 0.0) + item.balance
        return paid

    def action_pay_interest(self):
        """Open the payment of what the lender charges."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_finance.dms_floorplan_charge_action"
        )
        return dict(action, context={"default_line_id": self.id})
