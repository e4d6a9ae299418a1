from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_gate_pass = fields.Boolean(
        "Gate Pass with Each Delivery",
        help="A gate pass is issued by itself for every car that is delivered,"
        " transferred or returned to the OEM. For stores with a guard at the gate.",
    )
