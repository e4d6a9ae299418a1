from odoo import api, fields, models


class DmsFloorplanCurtailment(models.Model):
    _name = "dms.floorplan.curtailment"
    _description = "Floorplan Curtailment"
    _order = "line_id, day"

    line_id = fields.Many2one(
        "dms.floorplan.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    day = fields.Integer(
        "Age (days)", help="Age of the credit, counted from its drawing."
    )
    percent = fields.Float(
        "Paid Back (%)", digits=(7, 4), help="Share of the original principal."
    )

    @api.constrains("day", "percent")
    def _check_terms(self):
        self.line_id._check_terms()
