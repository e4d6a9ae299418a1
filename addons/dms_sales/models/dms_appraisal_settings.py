"""What each store decides on the cars it takes in."""

from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_appraisal_days = fields.Integer(
        "Offers for Used Cars Hold (days)",
        default=7,
        help="From the day on which the owner gets the offer.",
    )
    dms_appraisal_limit = fields.Float(
        "Used Cars Bought without Approval up to (CNY)",
        digits=(12, 2),
        default=100_000,
        help="What is offered above it, a manager approves.",
    )
    dms_used_margin = fields.Float(
        "Margin Wanted of Used Cars (%)",
        digits=(5, 2),
        default=8,
        help="Of the selling price without VAT.",
    )
    dms_used_fees = fields.Float(
        "Fees of Transfers of Ownership (CNY)",
        digits=(10, 2),
        default=600,
        help="What it costs the store to take a car over and to pass it on.",
    )


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    _dms_used_cars_range = models.Constraint(
        "CHECK (dms_appraisal_days BETWEEN 1 AND 90 AND dms_appraisal_limit >= 0"
        " AND dms_used_margin BETWEEN 0 AND 90 AND dms_used_fees >= 0)",
        "Offers hold for 1 to 90 days, the margin is 0 to 90 percent, and amounts are"
        " not negative.",
    )
