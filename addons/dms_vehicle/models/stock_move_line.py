from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _dms_arrival_cost(self):
        """:return: what this line brought in has cost, by the value of its move"""
        return self.move_id.value / self.move_id.quantity

    def _dms_quant_vals(self, in_date):
        """:return: values of the two quants between which this line moves a new car"""
        common = {
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "in_date": in_date,
        }
        quantity = self.quantity_product_uom
        return [
            common | {"location_id": self.location_id.id, "quantity": -quantity},
            common | {"location_id": self.location_dest_id.id, "quantity": quantity},
        ]
