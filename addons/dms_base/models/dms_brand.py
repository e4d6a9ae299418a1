from odoo import fields, models


class DmsBrand(models.Model):
    _name = "dms.brand"
    _description = "Brand"
    _inherit = ["image.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short code of the brand, unique in the database, for example BYD.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    image_1920 = fields.Image(string="Logo")
    company_ids = fields.Many2many(
        "res.company",
        "dms_brand_res_company_rel",
        "brand_id",
        "company_id",
        string="Authorised stores",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)",
        "Another brand already has this code.",
    )
