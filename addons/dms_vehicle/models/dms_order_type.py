from odoo import fields, models


class DmsOrderType(models.Model):
    """Why a store orders a car, and when it has to be paid; one list for all stores."""

    _name = "dms.order.type"
    _description = "OEM Order Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="What files and messages call it.")
    adoption_days = fields.Integer(
        "Days to Adoption",
        help="From the day on which the OEM consigns a car to the day by which the "
        "store has to pay it. A change counts for new orders only.",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "Another order type has this code.")
    _adoption_days_range = models.Constraint(
        "CHECK (adoption_days BETWEEN 0 AND 3650)",
        "The days to adoption lie between 0 and 3650.",
    )
