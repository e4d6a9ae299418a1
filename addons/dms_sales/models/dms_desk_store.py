"""What each store decides on deposits."""

from odoo import api, fields, models

DEPOSIT_KINDS = [
    ("earnest", "Earnest Money"),
    ("advance", "Advance"),
]
DEPOSIT = 5_000
KIND_HELP = (
    "Earnest money (定金) binds both sides: who withdraws loses it, or pays it twice."
    " An advance (订金) goes back."
)
SETTINGS = ("dms_deposit_kind", "dms_deposit")


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    dms_deposit_kind = fields.Selection(
        DEPOSIT_KINDS, "Kind of Deposit", default="advance", help=KIND_HELP
    )
    dms_deposit = fields.Monetary("Usual Deposit", default=DEPOSIT)

    _dms_deposit_positive = models.Constraint(
        "CHECK (COALESCE(dms_deposit, 0) >= 0)", "A deposit is not negative."
    )


class DmsStoreDetails(models.AbstractModel):
    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_deposit_kind = fields.Selection(
        DEPOSIT_KINDS, "Kind of Deposit", default="advance"
    )
    dms_deposit = fields.Float("Usual Deposit", default=DEPOSIT)

    @api.model
    def _detail_fields(self):
        return [*super()._detail_fields(), *SETTINGS]
