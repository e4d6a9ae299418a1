from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_age_warn_days = fields.Integer(
        "Ageing after (days)",
        default=60,
        help="Cars that stand in stock for longer are shown in yellow.",
    )
    dms_age_limit_days = fields.Integer(
        "Old after (days)",
        default=90,
        help="Cars that stand in stock for longer are shown in red.",
    )


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    _dms_age_days_order = models.Constraint(
        "CHECK (dms_age_warn_days >= 0 AND dms_age_limit_days >= dms_age_warn_days)",
        "A car is ageing before it is old: the second number of days cannot be "
        "smaller.",
    )
