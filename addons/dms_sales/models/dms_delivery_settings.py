"""Whether a store delivers by the checklist."""

from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_delivery_checklist = fields.Boolean(
        "Deliver by the Checklist",
        help="No sold car leaves stock for its customer before all that its checklist"
        " asks for is there. Off at first: switch it on once the steps are those of the"
        " store.",
    )
