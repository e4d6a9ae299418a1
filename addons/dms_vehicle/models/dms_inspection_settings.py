"""What each store decides on inspections, damage claims and batteries."""

from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_pdi_required = fields.Boolean(
        "Deliver Only after PDI",
        default=True,
        help="Cars that arrive get a PDI, and none leaves stock for its customer"
        " before it has passed.",
    )
    dms_claim_days = fields.Integer(
        "Days for a Carrier to Answer",
        default=7,
        help="A claim for transport damage is due this many days after it was made.",
    )
    dms_battery_days = fields.Integer(
        "Days between Battery Checks",
        default=30,
        help="For battery electric cars and plug-in hybrids in stock. 0: no checks.",
    )
    dms_battery_minimum = fields.Integer(
        "Charge below (%)",
        default=30,
        help="A battery with less is to be charged. 0: no minimum.",
    )


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    _dms_battery_range = models.Constraint(
        "CHECK (COALESCE(dms_battery_minimum, 0) BETWEEN 0 AND 100"
        " AND COALESCE(dms_battery_days, 0) >= 0)",
        "The minimum charge is between 0 and 100 %, and days are not negative.",
    )
