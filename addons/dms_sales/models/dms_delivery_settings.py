"""Whether a store delivers by the checklist."""

from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_delivery_checklist = fields.Boolean(
        "Deliver by the Checklist",
        help="No sold car leaves stock for its customer before all that its checklist"
        " asks for is there.",
    )


class DmsStoreDetails(models.AbstractModel):
    """Stores that open begin with the checklist; one in business switches it on."""

    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_delivery_checklist = fields.Boolean(default=True)
