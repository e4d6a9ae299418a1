from odoo import api, fields, models

BLOCKS = [
    ("car", "Car"),
    ("oem_discount", "OEM Discount"),
    ("store_discount", "Store Discount"),
    ("accessories", "Accessories"),
    ("insurance", "Insurance"),
    ("registration", "Registration"),
    ("purchase_tax", "Purchase Tax"),
    ("loan", "Loan"),
]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    dms_block = fields.Selection(
        BLOCKS,
        "Block of the Deal",
        compute="_compute_dms_block",
        store=True,
        readonly=False,
        precompute=True,
        help="Where lines of this product stand on the sheet of a deal. Empty: with the"
        " accessories.",
    )
    dms_is_passed_on = fields.Boolean(
        "Collected for Others",
        help="The store passes on what the customer pays, such as a tax or a premium:"
        " nothing of it is revenue.",
    )

    @api.depends("dms_is_vehicle")
    def _compute_dms_block(self):
        for product in self:
            if product.dms_is_vehicle:
                product.dms_block = "car"
            elif product.dms_block == "car":
                product.dms_block = False
