from odoo import Command, api, fields, models


class DmsTransferApprove(models.TransientModel):
    """The giving store chooses cars and sees its own cost beside the price by rule."""

    _name = "dms.transfer.approve"
    _description = "Approve a Transfer"

    request_id = fields.Many2one("dms.transfer.request", required=True, readonly=True)
    currency_id = fields.Many2one(related="request_id.currency_id")
    line_ids = fields.One2many(
        "dms.transfer.approve.line",
        "wizard_id",
        "Cars",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    reason = fields.Char("Why These Prices")
    warning = fields.Text(compute="_compute_warning")

    @api.depends("request_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create({"line_id": line.id, "vehicle_id": line.vehicle_id.id})
                for line in wizard.request_id.line_ids
            ]

    @api.depends("line_ids.vehicle_id")
    def _compute_warning(self):
        for wizard in self:
            pledged = wizard.line_ids.vehicle_id.filtered(
                lambda car: (
                    car.certificate_state
                    in ("pledged", "borrowed", "release_requested")
                )
            )
            warn = wizard.request_id._dms_pledged_warning
            wizard.warning = warn(pledged) if pledged else False

    def action_apply(self):
        self.ensure_one()
        self.request_id.approve(
            {one.line_id: one.vehicle_id for one in self.line_ids},
            {one.line_id: one.price for one in self.line_ids},
            self.reason or "",
        )
        return {"type": "ir.actions.act_window_close"}


class DmsTransferApproveLine(models.TransientModel):
    _name = "dms.transfer.approve.line"
    _description = "Car of a Transfer to Approve"

    wizard_id = fields.Many2one("dms.transfer.approve", index=True)
    line_id = fields.Many2one("dms.transfer.line", required=True)
    company_id = fields.Many2one(related="line_id.giving_company_id")
    product_id = fields.Many2one(related="line_id.product_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        domain="[('product_id', '=', product_id), ('company_id', '=', company_id),"
        " ('state', '=', 'in_stock')]",
    )
    cost = fields.Monetary(compute="_compute_prices")
    rule_price = fields.Monetary("Price by Rule", compute="_compute_prices")
    price = fields.Monetary(
        "Price before Tax", compute="_compute_price", store=True, readonly=False
    )

    @api.depends("vehicle_id")
    def _compute_prices(self):
        lines = self.filtered("vehicle_id")
        (self - lines).update({"cost": 0, "rule_price": 0})
        cars = {one.line_id: one.vehicle_id for one in lines}
        prices = lines.line_id._dms_prices_by_rule(cars)
        for one in lines:
            one.cost = one.vehicle_id._dms_cost()
            one.rule_price = prices[one.line_id][0]

    @api.depends("vehicle_id")
    def _compute_price(self):
        for one in self:
            one.price = one.rule_price
