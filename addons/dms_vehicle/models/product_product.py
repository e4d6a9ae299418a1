from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _dms_by_code(self, codes):
        """Find variants by their internal reference.

        :param codes: iterable of str
        :return: dict of code to product; unknown codes are left out
        """
        products = self.search(
            [("default_code", "in", list(codes)), ("dms_is_vehicle", "=", True)]
        )
        return {product.default_code: product for product in products}
