from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    dms_vehicle_id = fields.Many2one(
        "dms.vehicle",
        "VIN",
        check_company=True,
        copy=False,
        index="btree_not_null",
        domain="[('product_id', '=', product_id), ('company_id', '=', company_id),"
        " ('state', '=', 'in_stock')]",
    )
    dms_is_vehicle = fields.Boolean(related="product_id.dms_is_vehicle")

    @api.constrains("dms_vehicle_id", "product_id", "product_uom_qty")
    def _check_dms_vehicle(self):
        for line in self.filtered("dms_vehicle_id"):
            vehicle = line.dms_vehicle_id
            if vehicle.product_id != line.product_id:
                raise ValidationError(
                    self.env._(
                        "VIN %(vin)s is a %(car)s, the line sells a %(product)s.",
                        vin=vehicle.vin,
                        car=vehicle.product_id.display_name,
                        product=line.product_id.display_name,
                    )
                )
            if line.product_uom_qty != 1:
                raise ValidationError(
                    self.env._("A line with a VIN sells exactly one car.")
                )

    @api.onchange("dms_vehicle_id")
    def _onchange_dms_vehicle_id(self):
        if self.dms_vehicle_id:
            self.product_id = self.dms_vehicle_id.product_id
            self.product_uom_qty = 1

    def write(self, vals):
        res = super().write(vals)
        if vals.get("dms_vehicle_id"):
            confirmed = self.filtered(lambda line: line.state == "sale")
            confirmed._dms_check_cars_free()
            confirmed._dms_reserve_promised()
        return res

    def _dms_reserve_promised(self):
        moves = self.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        moves._do_unreserve()
        moves._action_assign()

    def _dms_check_cars_free(self):
        """Refuse a car that another confirmed order has; rows locked in between."""
        vehicles = self.dms_vehicle_id.sudo()
        vehicles.lock_for_update()
        others = self.sudo().search(
            [
                ("dms_vehicle_id", "in", vehicles.ids),
                ("id", "not in", self.ids),
                ("state", "=", "sale"),
                ("qty_delivered", "=", 0),
            ],
            limit=1,
        )
        if others:
            raise UserError(
                self.env._(
                    "VIN %(vin)s is allocated to order %(order)s of %(store)s already;"
                    " choose another car.",
                    vin=others.dms_vehicle_id.vin,
                    order=others.order_id.name,
                    store=others.company_id.name,
                )
            )
