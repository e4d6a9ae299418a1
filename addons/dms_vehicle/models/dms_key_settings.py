from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_keys_at_receipt = fields.Boolean(
        "Enter Two Keys at Receipt",
        help="Two keys are entered in the cabinet for every car that is received;"
        " otherwise they are entered by hand or for many cars at once.",
    )
