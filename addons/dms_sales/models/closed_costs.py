"""What goods cost the store is not for everybody who sells them."""

from odoo import fields, models

# Who moves, buys or books goods works with their cost.
MAY_SEE = ",".join(
    (
        "dms_sales.group_cost",
        "stock.group_stock_user",
        "purchase.group_purchase_user",
        "account.group_account_invoice",
    )
)


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template"]

    standard_price = fields.Float(groups=MAY_SEE)


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product"]

    standard_price = fields.Float(groups=MAY_SEE)


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot"]

    standard_price = fields.Float(groups=MAY_SEE)
    avg_cost = fields.Monetary(groups=MAY_SEE)
    total_value = fields.Monetary(groups=MAY_SEE)
