from odoo import fields, models


class DmsFloorplanDrawLine(models.TransientModel):
    _name = "dms.floorplan.draw.line"
    _description = "Amount to Draw"

    draw_id = fields.Many2one(
        "dms.floorplan.draw", required=True, index=True, ondelete="cascade"
    )
    vehicle_id = fields.Many2one("dms.vehicle", required=True)
    currency_id = fields.Many2one(related="draw_id.currency_id")
    amount = fields.Monetary(required=True)
