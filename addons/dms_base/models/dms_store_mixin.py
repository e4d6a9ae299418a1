from odoo import fields, models


class DmsStoreMixin(models.AbstractModel):
    """What belongs to one store.

    A model that inherits this also needs a global ``ir.rule`` with the domain
    ``[('company_id', 'in', company_ids)]``; the tests of this addon find the models
    that lack it.

    A read model that shows chosen columns to the whole dealer group sets
    ``_dms_group_wide`` and has a global rule on ``company_id.dms_group_id`` instead.
    """

    _name = "dms.store.mixin"
    _description = "Belongs to a Store"
    _check_company_auto = True
    _dms_group_wide = False

    company_id = fields.Many2one(
        "res.company",
        string="Store",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
