from odoo import api, fields, models

PRICED = {"product_qty", "price_unit", "discount", "tax_ids"}


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    dms_floorplan_ids = fields.One2many(
        "dms.floorplan.contract", "purchase_line_id", "Floorplan Cars", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._dms_check_floorplan()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if PRICED.intersection(vals):
            self.order_id._dms_check_floorplan()
        return result

    def _dms_unit_amount(self):
        """:return: what a car of this line costs with tax, in the store's currency"""
        quantity, rate = self.product_qty, self.order_id.currency_rate
        return self.price_total / quantity / (rate or 1.0) if quantity else 0.0

    def _dms_not_drawn(self):
        """:return: how many cars of this line no lender has paid yet"""
        drawn = self.dms_floorplan_ids.filtered(lambda c: c.state in ("open", "paid"))
        is_car = self.product_id.dms_is_vehicle
        return max(self.product_qty - len(drawn), 0.0) if is_car else 0.0
