from odoo import api, fields, models

from ..purchase_tax import Purchase, PurchaseError, assess
from .money import exact

KINDS = {"bev": "bev", "phev": "phev"}
PRICED = {
    *("product_id", "price_unit", "product_uom_qty", "discount", "tax_ids"),
    *("dms_vehicle_id", "dms_block"),
}


class SaleOrder(models.Model):
    """The purchase tax on the sheet follows the price of the car."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_purchase_tax(self):
        """:return: purchase tax of all cars in yuan, None without car or price

        A relief has its cap per car, so each is assessed by itself; a discount of the
        order is shared by their prices.
        """
        cars = self.order_line._dms_cars()
        _price, net = self._dms_price_of_car()
        whole = sum(cars.mapped("price_subtotal"))
        if not whole:
            return None
        try:
            return sum(line._dms_tax_of_car(net / whole) for line in cars)
        except PurchaseError:
            return None

    def _dms_purchase(self, product, net):
        electric = product.dms_energy == "electric"
        kind = KINDS.get(product.dms_kind, "bev" if electric else "ice")
        return Purchase(
            on=fields.Date.to_date(self.date_order) or fields.Date.today(),
            price=net,
            kind=kind,
            in_catalogue=product.dms_in_tax_catalogue,
            electric_km=product.dms_range_km,
            is_passenger=product.dms_kind != "commercial",
        )

    def _dms_after_lines(self):
        """What follows when lines have changed; other parts of the sheet add to it."""
        for order in self.filtered(lambda one: one.state in ("draft", "sent")):
            order._dms_follow_purchase_tax()

    def _dms_follow_purchase_tax(self):
        lines = self.order_line.filtered(lambda line: line.dms_block == "purchase_tax")
        tax = self._dms_purchase_tax() if lines else None
        if tax is None:
            return
        price = float(tax) / (lines[0].product_uom_qty or 1)
        if lines[0].price_unit != price:
            lines[0].with_context(dms_follows=True).price_unit = price


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._dms_after_lines()
        return lines

    def write(self, vals):
        res = super().write(vals)
        if not PRICED.isdisjoint(vals) and not self.env.context.get("dms_follows"):
            self.order_id._dms_after_lines()
        return res

    def _dms_tax_of_car(self, share):
        """:param share: of the price that is left when discounts are taken off
        :return: purchase tax of this line's cars in yuan
        """
        count = exact(self.product_uom_qty)
        net = exact(self.price_subtotal * share / (self.product_uom_qty or 1))
        return assess(self.order_id._dms_purchase(self.product_id, net)).tax * count

    def unlink(self):
        orders = self.order_id
        res = super().unlink()
        orders.exists()._dms_after_lines()
        return res
