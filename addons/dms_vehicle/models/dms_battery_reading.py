from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

WITH_BATTERY = ("bev", "phev")
AHEAD_MIN = 10  # clocks of gateways go wrong a little
KEEP_DAYS = 365
# the last one says how the battery is, others what a task came to or is about
STAYS = """
    NOT EXISTS (
        SELECT FROM dms_battery_reading newer
         WHERE newer.vehicle_id = old.vehicle_id
           AND (newer.at, newer.id) > (old.at, old.id)
    ) OR EXISTS (
        SELECT FROM dms_battery_task task WHERE task.reading_id = old.id
    ) OR EXISTS (
        SELECT FROM dms_battery_task task
         WHERE task.vehicle_id = old.vehicle_id AND task.state = 'open'
    )
"""


class DmsBatteryReading(models.Model):
    """What somebody or something has read of a drive battery; not changed."""

    _name = "dms.battery.reading"
    _description = "Battery Reading"
    _inherit = ["dms.retention.mixin", "dms.store.mixin"]
    _order = "at desc, id desc"
    _rec_name = "vehicle_id"
    _dms_keep_days = ("dms_vehicle.battery_keep_days", KEEP_DAYS)

    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, readonly=True, ondelete="restrict")
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    soc = fields.Float("State of Charge (%)", digits=(5, 1), required=True)
    charged = fields.Boolean(
        "After Charging", help="The battery was charged, and this is what it has now."
    )
    source = fields.Char(
        "Read by", help="Who or what has read it: a person, or the name of a gateway."
    )
    note = fields.Char("Remark")

    _vehicle_idx = models.Index("(vehicle_id, at DESC, id DESC)")
    _company_idx = models.Index("(company_id, id)")
    _soc_range = models.Constraint(
        "CHECK (soc BETWEEN 0 AND 100)", "A state of charge is between 0 and 100 %."
    )

    @api.model_create_multi
    def create(self, vals_list):
        cars = self.env["dms.vehicle"]._dms_named_in(vals_list)
        cars.check_access("read")
        cars._dms_check_has_battery()
        readings = super().create(
            [
                vals | self._prepare_reading(vals, car)
                for vals, car in zip(vals_list, cars, strict=True)
            ]
        )
        readings._check_not_ahead()
        # tasks open and close by readings, whoever reads
        self.env["dms.battery.task"].sudo()._plan(readings.vehicle_id)
        return readings

    @api.model
    def _dms_stays(self):
        return SQL(STAYS)

    @api.model
    def _prepare_reading(self, vals, car):
        source = vals.get("source") or self.env.user.name
        return {"company_id": car.company_id.id, "source": source}

    def _check_not_ahead(self):
        latest = fields.Datetime.add(fields.Datetime.now(), minutes=AHEAD_MIN)
        if any(reading.at > latest for reading in self):
            raise UserError(self.env._("A reading cannot lie in the future."))
