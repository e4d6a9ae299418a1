"""What goods cost the store is not for everybody who sells them."""

from odoo import api, fields, models

# Who moves, buys or books goods works with their cost.
GROUPS = (
    "dms_sales.group_cost",
    "stock.group_stock_user",
    "purchase.group_purchase_user",
    "account.group_account_invoice",
)
MAY_SEE = ",".join(GROUPS)


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template"]

    standard_price = fields.Float(groups=MAY_SEE)


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product"]

    standard_price = fields.Float(groups=MAY_SEE)
    avg_cost = fields.Monetary(groups=MAY_SEE)
    total_value = fields.Monetary(groups=MAY_SEE)

    def _prepare_sellers(self, params=False):
        # the system sorts sellers by a price that is closed to who sells
        found = super(ProductProduct, self.sudo())._prepare_sellers(params)
        return found.with_env(self.env)

    def _select_seller(self, *args, **kwargs):
        # an order that has to be bought in is confirmed by who may not see the price
        found = super(ProductProduct, self.sudo())._select_seller(*args, **kwargs)
        return found.sudo(self.env.su or not self._dms_knows_cost())

    @api.model
    def _dms_knows_cost(self):
        """:return: whether the user works with what goods cost"""
        return self.env.user.has_groups(MAY_SEE)


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo"]
    # without the price: an order by it is not for everybody, and tells of it
    _order = "sequence, min_qty DESC, id"

    price = fields.Float(groups=MAY_SEE)
    discount = fields.Float(groups=MAY_SEE)
    price_discounted = fields.Float(groups=MAY_SEE)

    @api.depends_context("uid")
    def _compute_display_name(self):
        if self.env["product.product"]._dms_knows_cost():
            return super()._compute_display_name()
        # the usual name says the price
        for seller in self:
            seller.display_name = seller.partner_id.display_name
        return None


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot"]

    standard_price = fields.Float(groups=MAY_SEE)
    avg_cost = fields.Monetary(groups=MAY_SEE)
    total_value = fields.Monetary(groups=MAY_SEE)


class DmsTransferRequest(models.Model):
    """What stores of a group take for a car from each other is near its cost."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    amount_untaxed = fields.Monetary(groups=MAY_SEE)


class DmsTransferLine(models.Model):
    _name = "dms.transfer.line"
    _inherit = ["dms.transfer.line"]

    own_rule_price = fields.Monetary(groups=MAY_SEE)
    price = fields.Monetary(groups=MAY_SEE)
    price_note = fields.Char(groups=MAY_SEE)
