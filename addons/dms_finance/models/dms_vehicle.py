from odoo import api, fields, models

from .roles import COSTS


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle", "dms.vehicle.margin"]

    dms_floorplan_ids = fields.One2many(
        "dms.floorplan.contract", "vehicle_id", "Floorplan", groups=COSTS
    )
    dms_floorplan_count = fields.Integer(
        "Times Financed", compute="_compute_dms_floorplan", groups=COSTS
    )
    dms_interest = fields.Monetary(
        "Interest so far", compute="_compute_dms_floorplan", groups=COSTS
    )
    dms_interest_per_day = fields.Monetary(
        "Interest per Day", compute="_compute_dms_floorplan", groups=COSTS
    )
    dms_floorplan_due_date = fields.Date(
        "Pay Back by", compute="_compute_dms_floorplan", groups=COSTS
    )

    dms_adjustment_ids = fields.One2many(
        "stock.valuation.adjustment.lines",
        "dms_vehicle_id",
        "Landed Costs",
        groups=COSTS,
    )

    @api.depends("dms_floorplan_ids")
    def _compute_dms_floorplan(self):
        for vehicle in self:
            contracts = vehicle.dms_floorplan_ids
            vehicle.dms_floorplan_count = len(contracts)
            vehicle.dms_interest = sum(contracts.mapped("interest"))
            vehicle.dms_interest_per_day = sum(contracts.mapped("interest_per_day"))
            days = [day for day in contracts.mapped("next_due_date") if day]
            vehicle.dms_floorplan_due_date = min(days, default=False)

    def _dms_sold_on(self, store):
        """:return: when a store sold the car, False if it has it still

        Its last posted invoice says it, also one to a sister store; without one, the
        hand-over.
        """
        if self.company_id == store and self.state not in ("sold", "delivered"):
            return False
        items = self.sale_line_ids.invoice_lines.filtered(
            lambda i: (
                i.parent_state == "posted"
                and i.move_type == "out_invoice"
                and i.company_id == store
            )
        )
        days = [day for day in items.move_id.mapped("invoice_date") if day]
        return max(days, default=self.delivered_date)

    def _dms_price_to_draw(self):
        """:return: what the store pays for the car, with tax if its order says it"""
        # who draws a car on its lender need not read purchase orders
        ordered = self.sudo().purchase_line_id._dms_unit_amount()
        return ordered or self._dms_cost()

    def _dms_may_draw(self, order_line):
        """:return: whether no lender has this car, nor had it for the same purchase"""
        return not self.dms_floorplan_ids.filtered(
            lambda contract: (
                contract.state == "open"
                or (
                    contract.state == "paid" and contract.purchase_line_id == order_line
                )
            )
        )

    def action_dms_view_floorplan(self):
        self.ensure_one()
        return self._open("dms.floorplan.contract", self.dms_floorplan_ids)
