from odoo import fields, models


class DmsVehicle(models.Model):
    """The car and its gate passes."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    gate_pass_count = fields.Integer(
        "Number of Gate Passes", compute="_compute_gate_pass_count"
    )

    def _compute_gate_pass_count(self):
        passes = self.env["dms.gate.pass"]
        mine = [("vehicle_id", "in", self.ids)]
        counts = dict(passes._read_group(mine, ["vehicle_id"], ["__count"]))
        for car in self:
            car.gate_pass_count = counts.get(car._origin, 0)

    def _dms_last_picking(self):
        """Return the document of the last stock move of this car."""
        self.ensure_one()
        if not self.lot_id:
            return self.env["stock.picking"]
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", self.lot_id.id), ("state", "=", "done")],
            order="date desc, id desc",
            limit=1,
        )
        return lines.picking_id

    def action_view_gate_passes(self):
        """Open the gate passes of the car, to issue one more."""
        return self._dms_own("dms_vehicle.dms_gate_pass_action")
