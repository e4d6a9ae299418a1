"""A car that is held for the web is neither sold nor given to anybody else."""

from odoo import fields, models
from odoo.exceptions import UserError


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    def _dms_is_free_for(self, order):
        """:return: whether an order may still have this car"""
        self.ensure_one()
        line = order.order_line.filtered(lambda one: one.dms_vehicle_id == self)
        try:
            line._dms_check_cars_free()
        except UserError:
            return False
        return bool(line)

    def _dms_holders(self):
        """:return: reservations that hold these cars now, as sudo"""
        # who sells a car must know that it is held, and not for whom
        return (
            self.env["dms.reservation"]
            .sudo()
            .search(
                [
                    ("vehicle_id", "in", self.ids),
                    ("state", "=", "held"),
                    ("held_until", ">=", fields.Datetime.now()),
                ]
            )
        )


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    def _dms_check_cars_free(self):
        res = super()._dms_check_cars_free()
        for held in self.dms_vehicle_id._dms_holders():
            if held.order_id not in self.sudo().order_id:
                until = fields.Datetime.context_timestamp(self, held.held_until)
                raise UserError(
                    self.env._(
                        "VIN %(vin)s is held for a customer of the web shop until"
                        " %(time)s; choose another car.",
                        vin=held.vehicle_id.vin,
                        time=until.strftime("%H:%M"),
                    )
                )
        return res


class DmsTransferRequest(models.Model):
    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def _dms_check_offered(self, cars, chosen):
        """A held car is not promised to a sister store."""
        for held in cars._dms_holders():
            raise UserError(
                self.env._(
                    "VIN %(vin)s is held for a customer of the web shop; choose"
                    " another car.",
                    vin=held.vehicle_id.vin,
                )
            )
        return super()._dms_check_offered(cars, chosen)
