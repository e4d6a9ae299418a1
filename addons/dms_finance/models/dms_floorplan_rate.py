from odoo import api, fields, models


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

    @api.constrains("from_day", "percent")
    def _check_terms(self):
        self.line_id._check_terms()
