from datetime import timedelta

from odoo import api, fields, models

from ..floorplan import allocate
from .exact import money


class DmsFloorplanDue(models.Model):
    """An amount to be paid back for a car at the latest on a day."""

    _name = "dms.floorplan.due"
    _description = "Floorplan Due"
    _order = "date, id"
    _rec_name = "vehicle_id"

    contract_id = fields.Many2one(
        "dms.floorplan.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True, precompute=True
    )
    line_id = fields.Many2one(related="contract_id.line_id", store=True)
    lender_id = fields.Many2one(related="contract_id.lender_id", store=True)
    vehicle_id = fields.Many2one(related="contract_id.vehicle_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("curtailment", "Curtailment"), ("final", "Rest")], required=True
    )
    planned_date = fields.Date(required=True)
    date = fields.Date(
        "Due on",
        compute="_compute_date",
        store=True,
        index=True,
        help="A sold car may have to be paid back before its maturity.",
    )
    amount = fields.Monetary(required=True)
    open_amount = fields.Monetary(
        "Still to Pay", compute="_compute_open_amount", store=True
    )

    @api.depends("planned_date", "contract_id.sold_date")
    def _compute_date(self):
        for due in self:
            contract = due.contract_id
            due.date = due.planned_date
            if contract.sold_date:
                delay = timedelta(days=contract.days_after_sale)
                due.date = min(due.planned_date, contract.sold_date + delay)

    @api.depends("amount", "contract_id.paid", "contract_id.state")
    def _compute_open_amount(self):
        for contract, among in self.grouped("contract_id").items():
            plan = (contract.due_ids | among).sorted(lambda d: (d.planned_date, d.id))
            still_open = allocate(
                [money(due.amount) for due in plan], money(contract.paid)
            )
            taken_back = contract.state == "cancelled"
            for due, amount in zip(plan, still_open, strict=True):
                if due in among:
                    due.open_amount = 0.0 if taken_back else float(amount)

    def action_open_contract(self):
        """Open the financed car that this belongs to."""
        self.ensure_one()
        return self.contract_id._get_records_action()
