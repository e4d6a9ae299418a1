from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .dms_transfer_roles import STOCK

OPEN = ("approved", "ordered", "shipped")


class DmsTransferRequest(models.Model):
    """The transports that bring the cars of a request."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    transport_ids = fields.Many2many(
        "dms.transport.order", string="Transports", compute="_compute_transports"
    )
    transport_count = fields.Integer(
        "Number of Transports", compute="_compute_transports"
    )
    may_transport = fields.Boolean(compute="_compute_may_transport")

    @api.depends("line_ids.vehicle_id")
    def _compute_transports(self):
        for request in self:
            found = request._dms_transports()
            request.transport_ids = found
            request.transport_count = len(found)

    def _dms_transports(self):
        """:return: those planned since it was asked for: a car may go twice"""
        # the cars may be gone; the transports are read as the user
        cars = self.env["dms.transport.car"].search(
            [
                ("vehicle_id", "in", self.sudo().line_ids.vehicle_id.ids),
                ("from_company_id", "=", self.giving_company_id.id),
                ("to_company_id", "=", self.company_id.id),
                ("order_id.create_date", ">=", self.create_date),
            ]
        )
        return cars.order_id

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("state")
    def _compute_may_transport(self):
        may = self.env.user.has_group(STOCK)
        for request in self:
            request.may_transport = may and request.state in OPEN

    def action_transport(self):
        """Plan a transport of the cars that are not on a truck yet; this store pays."""
        self.ensure_one()
        self.check_access("read")
        if not self.may_transport:
            raise UserError(
                self.env._(
                    "%(number)s: nothing to transport now. The stock clerk plans a"
                    " transport once the transfer is approved.",
                    number=self.name,
                )
            )
        # the asking store puts cars on the truck that it may not read yet
        order = self.env["dms.transport.order"].sudo().create(self._dms_transport())
        order = order.sudo(self.env.su)
        return self.env["dms.vehicle"]._open(order._name, order)

    def _dms_transport(self):
        # either store plans it; the other's record is only named
        known = self.sudo()
        side = known.company_id if self.is_asking_side else known.giving_company_id
        taken = known._dms_transports().filtered(lambda one: one.state != "cancelled")
        cars = known.line_ids.vehicle_id - taken.car_ids.vehicle_id
        if not cars:
            raise UserError(
                self.env._("%(number)s: all cars are on a truck.", number=self.name)
            )
        return {
            "company_id": side.id,
            "from_store_id": known.giving_company_id.partner_id.id,
            "to_store_id": known.company_id.partner_id.id,
            "distance_km": self.distance_km,
            "car_ids": [Command.create({"vehicle_id": car.id}) for car in cars],
        }

    def action_view_transports(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("dms.transport.order", self.transport_ids)

    def _dms_close(self, decision, note):
        res = super()._dms_close(decision, note)
        mine = self.line_ids.vehicle_id
        planned = self._dms_transports().filtered(
            lambda order: order.state == "planned" and order.car_ids.vehicle_id <= mine
        )
        planned.action_cancel()
        return res
