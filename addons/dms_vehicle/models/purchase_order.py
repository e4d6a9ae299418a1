from odoo import api, fields, models
from odoo.exceptions import UserError


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    dms_vehicle_count = fields.Integer(compute="_compute_dms_vehicle_count")
    dms_counterpart_sale_id = fields.Many2one(
        "sale.order",
        "Sale of the Other Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _compute_dms_vehicle_count(self):
        counts = dict(
            self.env["dms.vehicle"]._read_group(
                [("purchase_line_id", "in", self.order_line.ids)],
                ["purchase_line_id"],
                ["__count"],
            )
        )
        for order in self:
            order.dms_vehicle_count = sum(
                counts.get(line, 0) for line in order.order_line
            )

    def action_dms_view_vehicles(self):
        self.ensure_one()
        vehicles = self.env["dms.vehicle"].search(
            [("purchase_line_id", "in", self.order_line.ids)]
        )
        return vehicles._open("dms.vehicle", vehicles)

    def action_dms_receive(self):
        return self._dms_open_receipt().action_dms_receive()

    def _dms_open_receipt(self):
        self.ensure_one()
        receipts = self.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel") and p.dms_has_vehicles
        )
        if not receipts:
            raise UserError(
                self.env._(
                    "Order %(name)s has no open receipt: confirm the order first.",
                    name=self.name,
                )
            )
        return receipts[0]

    @api.model
    def dms_push_asn(self, order_name, rows):
        """Advance shipping notice of the OEM for one order; for integrators.

        :param str order_name: number of the purchase order, ``P00012``
        :param list rows: see ``stock.picking.dms_announce``
        :return: {"accepted": int, "unchanged": int, "rejected": [{row, vin, reason}]}
        """
        order = self.search([("name", "=", order_name)], limit=1)
        if not order:
            raise UserError(
                self.env._("There is no purchase order %(name)s.", name=order_name)
            )
        return order._dms_open_receipt().dms_announce(rows)
