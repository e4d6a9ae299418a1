from odoo import api, fields, models

from .roles import COSTS


class DmsTransferLine(models.Model):
    """What a car leaves the store that gives it, its transport included."""

    _inherit = "dms.transfer.line"

    # whoever sees costs need not be allowed to read stock and landed costs
    own_cost = fields.Monetary(
        "Cost of Sale",
        compute="_compute_own_margin",
        compute_sudo=True,
        groups=COSTS,
        help="What the car has cost the giving store, and its transport if that store"
        " paid it. For the store that gives the car only.",
    )
    own_margin = fields.Monetary(
        "Margin of Transfer",
        compute="_compute_own_margin",
        compute_sudo=True,
        groups=COSTS,
        help="Price before tax, less the cost of sale. For the store that gives the"
        " car only.",
    )

    @api.depends_context("allowed_company_ids")
    @api.depends("stage", "price")
    def _compute_own_margin(self):
        mine = self.filtered(lambda line: line.giving_company_id in self.env.companies)
        transport = mine._dms_transport_costs()
        for line in self:
            shipped = line.sale_line_id.move_ids.filtered(lambda m: m.state == "done")
            is_sold = line in mine and line.stage != "cancelled" and shipped
            cost = sum(move._dms_cost_given() for move in shipped) if is_sold else 0.0
            line.own_cost = cost and cost + transport.get(line, 0.0)
            line.own_margin = cost and line.price - line.own_cost

    def _dms_transport_costs(self):
        """:return: dict of line to what its store paid carriers for it"""
        costs = {}
        for request, lines in self.grouped("request_id").items():
            bills = request._dms_transports()._dms_bills()
            landed = self.env["stock.valuation.adjustment.lines"]._read_group(
                [
                    ("cost_id.vendor_bill_id", "in", bills.ids),
                    ("cost_id.company_id", "=", request.giving_company_id.id),
                    ("cost_id.state", "=", "done"),
                ],
                ["dms_vehicle_id"],
                ["additional_landed_cost:sum"],
            )
            by_car = dict(landed)
            costs |= {line: by_car.get(line.vehicle_id, 0.0) for line in lines}
        return costs


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move"]

    def _dms_cost_given(self):
        """:return: the value that left with this move; what came back is below zero"""
        return abs(self.value) * (1 if self.is_out else -1)
