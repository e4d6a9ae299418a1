from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_vehicle.wizard.chosen import chosen

from ..models.floorplan_draw import Draw, Drawn


class DmsFloorplanDraw(models.TransientModel):
    """Have a lender pay for several cars at once."""

    _name = "dms.floorplan.draw"
    _description = "Draw Floorplan"

    vehicle_ids = fields.Many2many(
        "dms.vehicle",
        string="Vehicles",
        required=True,
        default=lambda self: chosen(self.env, "dms.vehicle"),
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_id = fields.Many2one(
        "dms.floorplan.line",
        "Floorplan",
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    available = fields.Monetary(related="line_id.available")
    date = fields.Date("Drawn on", required=True, default=fields.Date.context_today)
    reference = fields.Char("Bill or Drawing No.")
    line_ids = fields.One2many(
        "dms.floorplan.draw.line",
        "draw_id",
        "Amounts",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("vehicle_ids")
    def _compute_company_id(self):
        for draw in self:
            draw.company_id = draw.vehicle_ids.company_id[:1] or self.env.company

    @api.depends("vehicle_ids", "line_id")
    def _compute_line_ids(self):
        for draw in self:
            share = (draw.line_id.advance_percent or 100) / 100
            draw.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "vehicle_id": car._origin.id,
                        "amount": car._origin._dms_price_to_draw() * share,
                    }
                )
                for car in draw.vehicle_ids
            ]

    def action_draw(self):
        self.ensure_one()
        store = self.line_id.company_id
        if (self.vehicle_ids | self.line_ids.vehicle_id).company_id != store:
            raise UserError(
                self.env._(
                    "Choose cars of %(store)s only: the floorplan line is its own.",
                    store=store.name,
                )
            )
        cars = self._drawn_cars()
        contracts = Draw(self.line_id, self.date, cars, self.reference).make()
        return self.env["dms.vehicle"]._open(contracts._name, contracts)

    def _drawn_cars(self):
        """:return: the ``Drawn`` cars; those of one bill take no more than is open"""
        left, cars = {}, []
        for line in self.line_ids:
            # who draws a car on its lender need not read purchase orders
            order_line = line.vehicle_id.sudo().purchase_line_id
            bill = _open_bill(order_line, line.amount, left)
            if bill:
                left[bill] = _left(bill, left) - line.amount
            cars.append(Drawn(line.vehicle_id, line.amount, order_line, bill))
        return cars


def _open_bill(order_line, amount, left):
    """:return: a posted bill with so much to pay beside what is drawn on it already"""
    for bill in order_line.invoice_lines.move_id.sorted("id"):
        if bill.move_type != "in_invoice" or bill.state != "posted":
            continue
        if bill.currency_id.compare_amounts(_left(bill, left), amount) >= 0:
            return bill
    return order_line.invoice_lines.move_id.browse()


def _left(bill, left):
    return left.get(bill, bill.amount_residual)
