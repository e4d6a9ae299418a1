from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _action_done(self):
        if not self.env.context.get("dms_opening_stock"):
            return super()._action_done()
        return self._dms_open_stock()

    def _dms_open_stock(self):
        """Put new serial numbers where they are, all with one INSERT.

        Odoo looks for quantities and reservations of each line, of which there
        cannot be any for serial numbers that were created a moment ago.
        """
        now = fields.Datetime.now()
        self._check_company()
        self.env["stock.quant"].sudo().create(
            [
                {
                    "product_id": line.product_id.id,
                    "lot_id": line.lot_id.id,
                    "location_id": location.id,
                    "quantity": quantity,
                    "in_date": now,
                }
                for line in self
                for location, quantity in (
                    (line.location_id, -line.quantity_product_uom),
                    (line.location_dest_id, line.quantity_product_uom),
                )
            ]
        )
        self.write({"date": now})
