from odoo import api, fields, models

from .res_company import CERTIFICATE_DAYS, LIMIT_DAYS, WARN_DAYS


class DmsStoreDetails(models.AbstractModel):
    _inherit = "dms.store.details"

    dms_certificate_required = fields.Boolean(
        "Deliver Only with Certificate",
        help="No car leaves for its customer before its certificate lies, free of any "
        "pledge, in a safe of the store or with the customer.",
    )
    dms_certificate_days = fields.Integer(
        "Days for a Handover", default=CERTIFICATE_DAYS
    )
    dms_age_warn_days = fields.Integer("Ageing after (days)", default=WARN_DAYS)
    dms_age_limit_days = fields.Integer("Old after (days)", default=LIMIT_DAYS)

    @api.model
    def _detail_fields(self):
        return [
            *super()._detail_fields(),
            "dms_certificate_required",
            "dms_certificate_days",
            "dms_age_warn_days",
            "dms_age_limit_days",
        ]
