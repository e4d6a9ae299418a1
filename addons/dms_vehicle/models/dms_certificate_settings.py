from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_certificate_required = fields.Boolean(
        "Deliver Only with Certificate",
        help="No car leaves for its customer before its certificate lies, free of any "
        "pledge, in a safe of the store or with the customer.",
    )
    dms_certificate_days = fields.Integer(
        "Days for a Handover",
        default=7,
        help="A certificate that is on its way for longer is overdue.",
    )
