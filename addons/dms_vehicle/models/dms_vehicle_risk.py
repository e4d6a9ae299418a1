from odoo import fields, models


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle", "dms.risk.subject"]

    is_used = fields.Boolean(
        "Used Car",
        copy=False,
        tracking=True,
        help="It is sold as a used car, so that an earlier owner or a repair is no "
        "suspicion. Tick it before the delivery.",
    )

    def dms_replace_odometer(self, reason, odometer_km=0):
        """Note that the odometer was replaced: from now on readings start anew.

        :param str reason: why, for whoever asks later
        :param int odometer_km: reading of the new odometer
        """
        self.check_access("write")
        for car in self:
            car.message_post(body=reason)
        self._dms_record("vehicle.odometer", facts={"replaced": True})
        self.write({"odometer_km": odometer_km})
        return True
