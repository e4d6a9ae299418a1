from odoo import fields, models


class DmsFloorplanRate(models.Model):
    _name = "dms.floorplan.rate"
    _description = "Floorplan Rate"
    _order = "line_id, from_day"

    line_id = fields.Many2one(
        "dms.floorplan.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    from_day = fields.Integer(
        "From Age (days)", help="Age of the credit, counted from its drawing."
    )
    percent = fields.Float("Rate per Year (%)", digits=(7, 4))

    _percent_positive = models.Constraint(
        "CHECK (percent >= 0 AND from_day >= 0)",
        "Days and percentages cannot be negative.",
    )
    _line_day_uniq = models.UniqueIndex(
        "(line_id, from_day)", "Two rates begin at the same age."
    )
