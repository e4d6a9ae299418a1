from odoo import api, fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    dms_msrp = fields.Monetary(
        "MSRP",
        compute="_compute_dms_msrp",
        help="With colour and options, and with the sales tax of the store.",
    )

    @api.depends("lst_price", "taxes_id")
    @api.depends_context("company")
    def _compute_dms_msrp(self):
        for product in self:
            template = product.product_tmpl_id
            product.dms_msrp = template._dms_with_tax(product.lst_price)

    def _dms_msrp_by_store(self, pairs):
        """Price cars that stand in several stores.

        Prices do not depend on the store, only taxes do: asked for store by store,
        Odoo would price all the models again in each. Taxes of a store are looked for
        once for all models with the same ones, and so is a price with these taxes.

        :param pairs: iterable of (product, store), as superuser
        :return: dict of the pairs to what a customer pays
        """
        taxes_of, price_of, prices = {}, {}, {}
        for product, store in set(pairs):
            template = product.product_tmpl_id
            alike = template.taxes_id._ids, store.id
            if alike not in taxes_of:
                taxes_of[alike] = template._dms_taxes(store)
            key = product.id, taxes_of[alike]._ids
            if key not in price_of:
                price_of[key] = product._dms_taxed(taxes_of[alike])
            prices[product, store] = price_of[key]
        return prices

    def _dms_taxed(self, taxes):
        return self.product_tmpl_id._dms_taxed(self.lst_price, taxes) if self else 0.0

    def _dms_by_code(self, codes):
        """Find variants by their internal reference.

        :param codes: iterable of str
        :return: dict of code to product; unknown codes are left out
        """
        products = self.search(
            [("default_code", "in", list(codes)), ("dms_is_vehicle", "=", True)]
        )
        return {product.default_code: product for product in products}

    def _get_value_from_lots(self):
        """Add up what the cars in stock cost, in one query for all of them.

        Odoo searches the moves of each serial number, so that every receipt would
        cost more the more cars are in stock.
        """
        if not self.dms_is_vehicle or self.env.context.get("to_date"):
            return super()._get_value_from_lots()
        return sum(self._dms_lots_in_stock().mapped("standard_price"))

    def _dms_lots_in_stock(self):
        locations = self.env["stock.location"].search(
            [
                ("is_valued_internal", "=", True),
                ("company_id", "=", self.env.company.id),
            ]
        )
        domain = [
            ("product_id", "in", self.ids),
            ("location_id", "in", locations.ids),
            ("quantity", ">", 0),
        ]
        if warehouse_id := self.env.context.get("warehouse_id"):
            domain.append(("location_id.warehouse_id", "=", warehouse_id))
        # the value of a model counts all its cars in stock
        return self.env["stock.quant"].sudo().search(domain).lot_id
