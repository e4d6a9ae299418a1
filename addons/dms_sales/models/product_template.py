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
    dms_on_every_sheet = fields.Boolean(
        "On Every Sheet", help="A new variant begins with it, beside the car."
    )
    dms_fitting_id = fields.Many2one(
        "product.product",
        "Fitting Labour",
        index="btree_not_null",
        domain="[('type', '=', 'service')]",
        help="Added to the sheet of a deal together with this accessory.",
    )
    dms_floor_price = fields.Float(
        "Price Floor",
        company_dependent=True,
        min_display_digits="Product Price",
        groups="dms_sales.group_cost",
        help="With VAT. Below it a sale of this store needs a consent; 0: no floor.",
    )
    dms_in_tax_catalogue = fields.Boolean(
        "Purchase Tax Relief",
        default=True,
        help="Stands in the catalogue of new-energy models that are spared part of the"
        " purchase tax.",
    )

    @api.depends("dms_is_vehicle")
    def _compute_dms_block(self):
        for product in self:
            if product.dms_is_vehicle:
                product.dms_block = "car"
            elif product.dms_block == "car":
                product.dms_block = False
