from odoo import api, fields, models

from .roles import COSTS


class DmsVehicleMargin(models.AbstractModel):
    """What a car has cost its store and leaves; part of ``dms.vehicle``."""

    _name = "dms.vehicle.margin"
    _description = "Margin of a Car"

    currency_id = fields.Many2one("res.currency")
    # whoever sees costs need not be allowed to read stock and invoices
    dms_landed_cost = fields.Monetary(
        "Landed Costs so far",
        compute="_compute_dms_margin",
        compute_sudo=True,
        groups=COSTS,
        help="Transport, PDI, accessories: what was put on the car in this store.",
    )
    dms_total_cost = fields.Monetary(
        "Cost",
        compute="_compute_dms_margin",
        compute_sudo=True,
        groups=COSTS,
        help="Purchase price and landed costs, before tax.",
    )
    dms_sale_amount = fields.Monetary(
        "Sold for",
        compute="_compute_dms_margin",
        compute_sudo=True,
        groups=COSTS,
        help="Before tax: invoices less credit notes, the order until it is invoiced.",
    )
    dms_margin = fields.Monetary(
        "Margin before Rebates",
        compute="_compute_dms_margin",
        compute_sudo=True,
        groups=COSTS,
        help="Sold for, less cost. Interest is counted on its own.",
    )

    @api.depends("sale_line_ids.state", "sale_line_ids.invoice_lines.parent_state")
    def _compute_dms_margin(self):
        for car in self:
            landed = car.dms_adjustment_ids.filtered(
                lambda line, store=car.company_id: (
                    line.cost_id.state == "done" and line.cost_id.company_id == store
                )
            )
            car.dms_landed_cost = sum(landed.mapped("additional_landed_cost"))
            car.dms_total_cost = car._dms_cost()
            car.dms_sale_amount = car._dms_revenue()
            sold = car.dms_sale_amount
            car.dms_margin = sold - car.dms_total_cost if sold else 0.0

    def _dms_revenue(self):
        """:return: what the last sale of the car brings its store, before tax"""
        sold = self.sale_line_ids.filtered(
            lambda line: line.state == "sale" and line.company_id == self.company_id
        ).sorted("id")[-1:]
        items = sold.invoice_lines.filtered(lambda i: i.parent_state == "posted")
        if items:
            return -sum(items.mapped("balance"))
        return sold.price_subtotal / (sold.order_id.currency_rate or 1.0)

    def _dms_is_stock_of(self, company):
        """:return: whether the books of this store show the car as stock"""
        return self.company_id == company and self.state in ("in_stock", "allocated")
