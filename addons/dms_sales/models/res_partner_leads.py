from odoo import fields, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner"]

    phone_sanitized = fields.Char(index="btree_not_null")  # looked up while typing
