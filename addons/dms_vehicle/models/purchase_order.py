from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "dms.oem.order"]

    dms_vehicle_count = fields.Integer(
        "Number of Vehicles", compute="_compute_dms_vehicle_count"
    )
    dms_vins_missing = fields.Boolean(
        "VINs Are Missing", compute="_compute_dms_vins_missing"
    )
    dms_counterpart_sale_id = fields.Many2one(
        "sale.order",
        "Sale of the Other Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _compute_dms_vehicle_count(self):
        counts = self._dms_count_by_order("dms.vehicle")
        for order in self:
            order.dms_vehicle_count = counts.get(order, 0)

    def _dms_count_by_order(self, model):
        """:return: dict of order to how many records of a model its lines have"""
        groups = self.env[model]._read_group(
            [("purchase_line_id", "in", self.order_line.ids)],
            ["purchase_line_id"],
            ["__count"],
        )
        counts = Counter()
        for line, count in groups:
            counts[line.order_id] += count
        return counts

    @api.depends("picking_ids.dms_vins_missing")
    def _compute_dms_vins_missing(self):
        for order in self:
            order.dms_vins_missing = any(order.picking_ids.mapped("dms_vins_missing"))

    def button_approve(self, force=False):
        res = super().button_approve(force=force)
        ordered = self.filtered(lambda order: order.state == "purchase")
        ordered._dms_send_to_oem("oem.order")
        return res

    def button_cancel(self):
        sent = self.filtered("dms_oem_revision")
        res = super().button_cancel()
        sent._dms_send_to_oem("oem.order.cancelled")
        return res

    def action_dms_view_vehicles(self):
        self.ensure_one()
        vehicles = self.env["dms.vehicle"].search(
            [("purchase_line_id", "in", self.order_line.ids)]
        )
        return vehicles._open("dms.vehicle", vehicles)

    def action_dms_receive(self):
        self.ensure_one()
        receipts = self.picking_ids.filtered("dms_is_open_receipt")
        if not receipts:
            raise UserError(
                self.env._(
                    "Order %(name)s has no open receipt: confirm the order first.",
                    name=self.name,
                )
            )
        return receipts[0].action_dms_receive()

    def _dms_cancel_by_seller(self):
        """Follow the other store, which has cancelled its sale."""
        self.filtered(lambda order: order.state != "cancel").button_cancel()

    @api.model
    def dms_push_asn(self, order_name, rows, store_code=False):
        """Advance shipping notice of the OEM for one order; for integrators.

        A row that was sent before changes nothing, so a message may be repeated.

        :param str order_name: number of the purchase order, ``P00012``
        :param list rows: see ``stock.picking.dms_announce``
        :param str store_code: code of the store, if several stores have that order
        :return: {"accepted": int, "unchanged": int, "rejected": [{row, vin, reason}]}
        """
        return self._dms_by_name(order_name, store_code)._dms_announce(rows)

    @api.model
    def _dms_by_name(self, name, store_code=False):
        domain = [("name", "=", name)]
        if store_code:
            domain.append(("company_id.dms_store_code", "=", store_code))
        orders = self.search(domain)
        if not orders:
            raise UserError(
                self.env._("There is no purchase order %(name)s.", name=name)
            )
        if len(orders) > 1:
            raise UserError(
                self.env._(
                    "Several stores have an order %(name)s (%(stores)s): send the"
                    " store code too.",
                    name=name,
                    stores=", ".join(orders.company_id.mapped("name")),
                )
            )
        return orders

    def _dms_announce(self, rows):
        if self.state not in ("purchase", "done"):
            raise UserError(
                self.env._("Order %(name)s is not confirmed.", name=self.name)
            )
        return self.picking_ids._dms_announce(rows)
