from odoo import api, fields, models

KEYS_HELP = (
    "Two keys are entered in the cabinet for every car that is received; otherwise"
    " they are entered by hand or for many cars at once."
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    dms_keys_at_receipt = fields.Boolean("Enter Two Keys at Receipt", help=KEYS_HELP)


class DmsStoreDetails(models.AbstractModel):
    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_keys_at_receipt = fields.Boolean("Enter Two Keys at Receipt", help=KEYS_HELP)

    @api.model
    def _detail_fields(self):
        return [*super()._detail_fields(), "dms_keys_at_receipt"]
