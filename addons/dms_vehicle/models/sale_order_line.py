from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "dms.booking.line"]

    dms_vehicle_id = fields.Many2one(
        "dms.vehicle",
        "VIN",
        check_company=True,
        copy=False,
        index="btree_not_null",
        domain="[('product_id', '=', product_id), ('company_id', '=', company_id),"
        " ('state', 'in', ('ordered', 'produced', 'in_transit', 'in_stock'))]",
        help="The car to deliver. It may still be on its way.",
    )
    dms_is_vehicle = fields.Boolean(related="product_id.dms_is_vehicle")
    dms_counterpart_line_id = fields.Many2one(
        "purchase.order.line",
        "Purchase Line of the Other Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

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

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "sale")._dms_check_cars_free()
        return lines

    def write(self, vals):
        res = super().write(vals)
        if "dms_vehicle_id" in vals:
            self._dms_release_needless()
            confirmed = self.filtered(lambda line: line.state == "sale")
            confirmed._dms_check_cars_free()
            confirmed._dms_reserve_promised()
        return res

    def _dms_is_promise(self):
        """:return: whether the car of this line has yet to leave for its customer"""
        return self.state == "sale" and any(
            move.state not in ("done", "cancel")
            and move.location_id.usage == "internal"
            for move in self.move_ids
        )

    def _dms_reserve_promised(self):
        moves = self.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        moves._do_unreserve()
        moves._action_assign()

    def _dms_check_cars_free(self):
        """Refuse cars that another order has, or that are gone."""
        # a car sold by any colleague is sold
        vehicles = self.dms_vehicle_id.sudo()
        vehicles._dms_claim()
        vehicles._dms_check_to_come_or_here()
        promises = self.sudo().search(
            [
                ("dms_vehicle_id", "in", vehicles.ids),
                ("id", "not in", self.ids),
                ("state", "=", "sale"),
            ]
        )
        if others := promises.filtered(lambda line: line._dms_is_promise()):
            raise UserError(others[0]._dms_promised_message())
        self._dms_check_one_line_each()

    def _dms_promised_message(self):
        return self.env._(
            "VIN %(vin)s is allocated to order %(order)s of %(store)s already;"
            " choose another car.",
            vin=self.dms_vehicle_id.vin,
            order=self.order_id.name,
            store=self.company_id.name,
        )

    def _dms_check_one_line_each(self):
        for vehicle, lines in self.grouped("dms_vehicle_id").items():
            if vehicle and len(lines) > 1:
                raise UserError(
                    self.env._(
                        "VIN %(vin)s is on two lines: take it off one of them.",
                        vin=vehicle.vin,
                    )
                )
