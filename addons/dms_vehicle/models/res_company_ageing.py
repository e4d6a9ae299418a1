from odoo import api, fields, models

WARN_DAYS = 60
LIMIT_DAYS = 90


class ResCompany(models.Model):
    """From which age on the cars in stock of a store need attention."""

    _inherit = "res.company"

    dms_age_warn_days = fields.Integer(
        "Ageing after (days)",
        default=WARN_DAYS,
        help="Cars that stand in stock for longer are shown in yellow.",
    )
    dms_age_limit_days = fields.Integer(
        "Old after (days)",
        default=LIMIT_DAYS,
        help="Cars that stand in stock for longer are shown in red.",
    )

    _dms_age_days_order = models.Constraint(
        "CHECK (dms_age_warn_days >= 0 AND dms_age_limit_days >= dms_age_warn_days)",
        "A car is ageing before it is old: the second number of days cannot be smaller.",
    )


class DmsStoreDetails(models.AbstractModel):
    _inherit = "dms.store.details"

    dms_age_warn_days = fields.Integer("Ageing after (days)", default=WARN_DAYS)
    dms_age_limit_days = fields.Integer("Old after (days)", default=LIMIT_DAYS)

    @api.model
    def _detail_fields(self):
        names = super()._detail_fields()
        return [*names, "dms_age_warn_days", "dms_age_limit_days"]
