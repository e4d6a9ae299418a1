from odoo import fields, models


class DmsVehicle(models.Model):
    """The car and those who drove it."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    drive_car_ids = fields.One2many("dms.drive.car", "vehicle_id", "Times in Service")
    drive_count = fields.Integer("Number of Drives", compute="_compute_drive_count")
    is_drive_car = fields.Boolean(
        "Demonstrator or Loan Car",
        compute="_compute_is_drive_car",
        search="_search_is_drive_car",
    )

    def _compute_drive_count(self):
        counts = dict(
            self.env["dms.drive"]._read_group(
                [("vehicle_id", "in", self.ids)], ["vehicle_id"], ["__count"]
            )
        )
        for car in self:
            car.drive_count = counts.get(car._origin, 0)

    def _dms_serving_today(self):
        today = fields.Date.context_today(self)
        return [
            ("since", "<=", today),
            "|",
            ("until", "=", False),
            ("until", ">=", today),
        ]

    def _compute_is_drive_car(self):
        mine = [("vehicle_id", "in", self.ids), *self._dms_serving_today()]
        serving = self.env["dms.drive.car"].search(mine).vehicle_id
        for car in self:
            car.is_drive_car = car._origin in serving

    def _search_is_drive_car(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("drive_car_ids", "any", self._dms_serving_today())]

    def action_view_drives(self):
        """Open the drives of the car, to book one more."""
        return self._dms_own("dms_vehicle.dms_drive_action")
