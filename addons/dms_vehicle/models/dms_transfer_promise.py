from odoo import api, models
from odoo.fields import Domain


class DmsTransferLine(models.Model):
    _name = "dms.transfer.line"
    _inherit = ["dms.transfer.line"]

    def _dms_promise(self, car, by_rule, price, reason):
        price = self.currency_id.round(price)
        # the asking store learns of the car what stands here, and no more
        self.write(
            {
                "vehicle_id": car.id,
                "vin": car.vin,
                "product_id": car.sudo().product_id.id,
                "rule_price": by_rule,
                "price": price,
                "price_note": reason if price != by_rule else "",
                "holds": True,
            }
        )

    def _dms_remember(self):
        for line in self:
            car = line.vehicle_id
            line.write(
                {
                    "since_date": car.received_date,
                    "bought_line_id": car.purchase_line_id.id,
                }
            )


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    @api.model
    def _dms_offered_domain(self, stores):
        """:return: domain of the cars that ``stores`` can give away"""
        return Domain("company_id", "in", stores.ids) & Domain("state", "=", "in_stock")

    def _dms_prepare_sale_line(self, price):
        """Return the order line by which a store sells this car to a sister store."""
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": 1,
            "price_unit": price,
            "dms_vehicle_id": self.id,
        }

    def _dms_departures(self, store=None):
        """:param store: only when this ``res.company`` has sent them
        :return: dict of car to the line by which it was last sent to another store
        """
        domain = Domain("lot_id", "in", self.lot_id.ids) & Domain("state", "=", "done")
        domain &= Domain("location_dest_id.usage", "=", "transit")
        if store:
            domain &= Domain("company_id", "=", store.id)
        lines = self.env["stock.move.line"].search(domain, order="date, id")
        return {line.lot_id.dms_vehicle_ids: line for line in lines}
