from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockLot(models.Model):
    _inherit = "stock.lot"

    dms_vehicle_ids = fields.One2many("dms.vehicle", "lot_id", "Vehicle")

    @api.model_create_multi
    def create(self, vals_list):
        """The serial number of a car is its VIN, and it belongs to its vehicle."""
        products = self.env["product.product"].browse(
            {vals.get("product_id") for vals in vals_list} - {None, False}
        )
        cars = set(products.filtered("dms_is_vehicle").ids)
        for vals in vals_list:
            if vals.get("product_id") in cars:
                vehicle = self.env["dms.vehicle"]
                vals["name"] = vehicle._checked_vin(vals.get("name"))
        lots = super().create(vals_list)
        lots.filtered(lambda lot: lot.product_id.id in cars)._dms_link_vehicles()
        return lots

    def _dms_link_vehicles(self):
        """Give each car its lot; cars not announced before are created."""
        vehicles = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        known = {
            vehicle.vin: vehicle
            for vehicle in vehicles.search([("vin", "in", self.mapped("name"))])
        }
        for lot in self.filtered(lambda lot: lot.name in known):
            known[lot.name]._dms_take_lot(lot)
        vehicles.with_context(tracking_disable=True).create(
            [
                {"vin": lot.name, "product_id": lot.product_id.id, "lot_id": lot.id}
                for lot in self
                if lot.name not in known
            ]
        )

    @api.constrains("name", "product_id")
    def _check_dms_vin(self):
        for lot in self:
            if lot.dms_vehicle_ids and lot.dms_vehicle_ids.vin != lot.name:
                raise ValidationError(
                    self.env._("Correct the VIN on the car, not on its serial number.")
                )

    def _update_standard_price(self):
        # posting a bill values its cars, and an accountant may not write lots
        return super(StockLot, self.sudo())._update_standard_price()
