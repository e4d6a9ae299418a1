from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_contract_required = fields.Boolean(
        string="Orders need a signed contract",
        help="A car is ordered when the customer and the store have signed; what was "
        "paid before does not confirm the order by itself.",
    )
