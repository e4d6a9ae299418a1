from odoo import fields, models


class DmsVehicleOdometer(models.TransientModel):
    """Notes that the odometer of a car was replaced, and why."""

    _name = "dms.vehicle.odometer"
    _description = "Replace the Odometer"

    vehicle_id = fields.Many2one("dms.vehicle", required=True, readonly=True)
    odometer_km = fields.Integer(
        "New Reading (km)", help="What the new odometer shows."
    )
    reason = fields.Char(required=True, help="Who replaced it, and on which invoice.")

    def action_replace(self):
        self.ensure_one()
        self.vehicle_id.dms_replace_odometer(self.reason, self.odometer_km)
        return {"type": "ir.actions.act_window_close"}
