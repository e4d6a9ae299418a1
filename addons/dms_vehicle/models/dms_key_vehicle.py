from odoo import fields, models


class DmsVehicle(models.Model):
    """The car and its keys."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    key_count = fields.Integer("Number of Keys", compute="_compute_key_count")
    key_out_count = fields.Integer("Keys Out", compute="_compute_key_count")

    def _compute_key_count(self):
        keys = self.env["dms.key.item"]
        groups = keys._read_group(
            # what another store has now is counted there
            [("vehicle_id", "in", self.ids), ("arrival", "=", False)],
            ["vehicle_id", "state"],
            ["__count"],
        )
        counts = {(car, state): count for car, state, count in groups}
        for car in self:
            mine = {
                state: counts.get((car._origin, state), 0)
                for state in ("coming", "cabinet", "out", "customer")
            }
            car.key_count = sum(mine.values())
            car.key_out_count = mine["out"]

    def action_view_keys(self):
        """Open the keys of the car, to enter or to give out."""
        return self._dms_own("dms_vehicle.dms_key_item_action")
