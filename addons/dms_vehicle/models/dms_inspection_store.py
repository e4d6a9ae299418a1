"""What each store decides on inspections, damage claims and batteries."""

from odoo import api, fields, models

CLAIM_DAYS = 7
BATTERY_DAYS = 30
BATTERY_MINIMUM = 30
SETTINGS = (
    "dms_pdi_required",
    "dms_claim_days",
    "dms_battery_days",
    "dms_battery_minimum",
)
PDI_HELP = (
    "Cars that arrive get a PDI, and none leaves stock for its customer before it has"
    " passed."
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    dms_pdi_required = fields.Boolean(
        "Deliver Only after PDI", default=True, help=PDI_HELP
    )
    dms_claim_days = fields.Integer(
        "Days for a Carrier to Answer",
        default=CLAIM_DAYS,
        help="A claim for transport damage is due this many days after it was made.",
    )
    dms_battery_days = fields.Integer(
        "Days between Battery Checks",
        default=BATTERY_DAYS,
        help="For battery electric cars and plug-in hybrids in stock. 0: no checks.",
    )
    dms_battery_minimum = fields.Integer(
        "Charge below (%)",
        default=BATTERY_MINIMUM,
        help="A battery with less is to be charged. 0: no minimum.",
    )

    _dms_battery_range = models.Constraint(
        "CHECK (COALESCE(dms_battery_minimum, 0) BETWEEN 0 AND 100"
        " AND COALESCE(dms_battery_days, 0) >= 0)",
        "The minimum charge is between 0 and 100 %, and days are not negative.",
    )


class DmsStoreDetails(models.AbstractModel):
    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_pdi_required = fields.Boolean(
        "Deliver Only after PDI", default=True, help=PDI_HELP
    )
    dms_claim_days = fields.Integer("Days for a Carrier to Answer", default=CLAIM_DAYS)
    dms_battery_days = fields.Integer(
        "Days between Battery Checks", default=BATTERY_DAYS
    )
    dms_battery_minimum = fields.Integer("Charge below (%)", default=BATTERY_MINIMUM)

    @api.model
    def _detail_fields(self):
        return [*super()._detail_fields(), *SETTINGS]
