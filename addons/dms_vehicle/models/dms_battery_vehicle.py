from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .dms_battery_reading import WITH_BATTERY


class DmsVehicle(models.Model):
    """The car and its drive battery."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    battery_reading_ids = fields.One2many(
        "dms.battery.reading", "vehicle_id", "Battery Readings"
    )
    battery_soc = fields.Float(
        "State of Charge (%)",
        compute="_compute_battery",
        digits=(5, 1),
        help="By the last reading.",
    )
    battery_read_at = fields.Datetime("Battery Read", compute="_compute_battery")
    has_battery = fields.Boolean("Has a Drive Battery", compute="_compute_has_battery")

    @api.depends("kind")
    def _compute_has_battery(self):
        for vehicle in self:
            vehicle.has_battery = vehicle.kind in WITH_BATTERY

    @api.depends("battery_reading_ids.soc")
    def _compute_battery(self):
        last = self._dms_last_readings()
        for vehicle in self:
            vehicle.battery_soc, vehicle.battery_read_at = last.get(
                vehicle._origin.id, (0, False)
            )

    def _dms_last_readings(self):
        """Return car id -> (state of charge, moment), by one query."""
        if not self.ids:
            return {}
        self.env["dms.battery.reading"].flush_model()
        # an old reading of another store still tells how the car stands
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (vehicle_id) vehicle_id, soc, at"
                " FROM dms_battery_reading WHERE vehicle_id IN %s"
                " ORDER BY vehicle_id, at DESC, id DESC",
                tuple(self.ids),
            )
        )
        return {car: (float(soc), at) for car, soc, at in rows}

    def _dms_check_has_battery(self):
        for car in self.filtered(lambda car: not car.has_battery):
            raise UserError(
                self.env._(
                    "VIN %(vin)s has no drive battery: it is neither battery electric"
                    " nor a plug-in hybrid.",
                    vin=car.vin,
                )
            )

    # Actions

    def _dms_action_reading(self, charged):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Battery of %(vin)s", vin=self.vin),
            "res_model": "dms.battery.reading",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_vehicle_id": self.id,
                "default_charged": charged,
                "dms_vin_only": True,
            },
        }

    def action_read_battery(self):
        return self._dms_action_reading(charged=False)

    def action_view_battery(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_battery_reading_action"
        )
        return dict(action, domain=[("vehicle_id", "=", self.id)], context={})
