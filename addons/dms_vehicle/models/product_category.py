from odoo import models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def _dms_use_perpetual_fifo(self):
        self.write({"property_valuation": "real_time", "property_cost_method": "fifo"})
