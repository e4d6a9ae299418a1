from odoo import Command, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    dms_vehicle_ids = fields.Many2many(
        "dms.vehicle", compute="_compute_dms_vehicle_ids", string="Vehicles"
    )
    dms_counterpart_purchase_id = fields.Many2one(
        "purchase.order",
        "Purchase of the Other Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _compute_dms_vehicle_ids(self):
        for order in self:
            order.dms_vehicle_ids = order.order_line.dms_vehicle_id

    def action_confirm(self):
        self.order_line._dms_check_cars_free()
        return super().action_confirm()

    def action_dms_view_vehicles(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("dms.vehicle", self.dms_vehicle_ids)

    # Sale to another store of the group

    def _dms_buying_store(self):
        buyer = self.partner_id.commercial_partner_id
        sisters = self.company_id._dms_sister_stores()
        if store := sisters.filtered(lambda store: store.partner_id == buyer):
            return store
        raise UserError(
            self.env._(
                "%(name)s is not a store of this dealer group.",
                name=self.partner_id.name,
            )
        )

    def _dms_create_counterpart(self):
        """Order at the buying store what this order sells to it.

        The buyer's order is the mirror of this one, line by line and price by
        price; nobody types it. Each line knows its mirror, so that every car
        arrives at its own price.
        """
        self.ensure_one()
        buyer = self._dms_buying_store()
        # the buyer's order is made for him; the seller cannot reach it
        orders = self.env["purchase.order"].sudo().with_company(buyer)
        sold = self.order_line.filtered("product_id")
        purchase = orders.create(self._dms_prepare_counterpart(buyer, sold))
        self.sudo().dms_counterpart_purchase_id = purchase
        for line, bought in zip(sold.sudo(), purchase.order_line, strict=True):
            line.dms_counterpart_line_id = bought
        purchase.button_confirm()
        return purchase

    def _dms_prepare_counterpart(self, buyer, lines):
        return {
            "company_id": buyer.id,
            "partner_id": self.company_id.partner_id.id,
            "partner_ref": self.name,
            "currency_id": self.currency_id.id,
            "dms_counterpart_sale_id": self.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_qty": line.product_uom_qty,
                        "price_unit": line.price_unit,
                        "discount": line.discount,
                    }
                )
                for line in lines
            ],
        }

    def _action_cancel(self):
        res = super()._action_cancel()
        # as above: it goes with the seller's
        self.sudo().dms_counterpart_purchase_id._dms_cancel_by_seller()
        self.order_line._dms_release_allocations()
        return res
