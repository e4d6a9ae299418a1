from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    """A deal for which another store has the car."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    dms_transfer_line_id = fields.Many2one(
        "dms.transfer.line",
        "Asked of Another Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    dms_transfer_state = fields.Selection(
        related="dms_transfer_line_id.request_id.state", string="Transfer"
    )
    dms_may_ask_store = fields.Boolean(compute="_compute_dms_may_ask_store")

    def _compute_dms_may_ask_store(self):
        for line in self:
            line.dms_may_ask_store = line._dms_may_ask_store()

    def _dms_may_ask_store(self):
        if not self.dms_is_vehicle or self.dms_vehicle_id or self.state == "cancel":
            return False
        asked = self.dms_transfer_line_id.request_id
        return not asked or asked.state in ("refused", "cancelled")

    def action_dms_ask_store(self):
        """Draft a request for the car of this line; who asks chooses the store."""
        self.ensure_one()
        if not self._dms_may_ask_store():
            raise UserError(
                self.env._("This line has a car, or one is asked for already.")
            )
        request = self.env["dms.transfer.request"].create(
            {
                "company_id": self.company_id.id,
                "note": self.order_id.name,
                "wanted_date": self.order_id.commitment_date,
                "line_ids": [fields.Command.create({"product_id": self.product_id.id})],
            }
        )
        self.dms_transfer_line_id = request.line_ids
        return self.env["dms.vehicle"]._open("dms.transfer.request", request)

    def action_dms_open_transfer(self):
        self.ensure_one()
        request = self.dms_transfer_line_id.request_id
        return self.env["dms.vehicle"]._open("dms.transfer.request", request)

    def _dms_check_cars_free(self):
        res = super()._dms_check_cars_free()
        # who sells is told why a car cannot be had, wherever it is
        promised = self.env["dms.transfer.request"]._dms_promised(
            self.dms_vehicle_id.sudo()
        )
        for car, request in promised.items():
            raise UserError(
                self.env._(
                    "VIN %(vin)s is promised to %(store)s by transfer %(number)s;"
                    " choose another car.",
                    vin=self.dms_vehicle_id.sudo().browse(car).vin,
                    store=request.company_id.name,
                    number=request.name,
                )
            )
        return res


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move"]

    def _dms_follow_cars(self):
        res = super()._dms_follow_cars()
        arrived = self.filtered(lambda m: m.purchase_line_id and m._dms_enters_store())
        arrived._dms_allocate_to_deals()
        return res

    def _dms_allocate_to_deals(self):
        """Put cars that came for deals on their order lines, where still wanted."""
        bought = self.purchase_line_id
        # who receives cars need not read the deals of others
        lines = self.env["dms.transfer.line"].sudo()
        came = bought and lines.search([("purchase_line_id", "in", bought.ids)])
        for line in came:
            waiting = line.deal_line_ids.filtered(
                lambda deal, line=line: (
                    deal.state != "cancel"
                    and not deal.dms_vehicle_id
                    and deal.product_id == line.product_id
                )
            )
            waiting[:1].dms_vehicle_id = line.vehicle_id
