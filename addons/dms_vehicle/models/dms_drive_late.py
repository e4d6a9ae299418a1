from odoo import api, models

LATE = "dms_vehicle.mail_activity_drive_late"


class DmsDrive(models.Model):
    """Cars that are out beyond their time: who handed them over is told, once."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    @api.model
    def _cron_late(self):
        """Ask for cars that are late in all stores; a second run asks for nothing."""
        self.search([("is_late", "=", True)])._dms_ask_for_late()

    def _dms_ask_for_late(self):
        told = set(self._dms_late_activities().mapped("res_id"))
        for drive in self.filtered(lambda drive: drive.id not in told):
            user = drive.user_id or drive.create_uid
            drive = drive.with_context(lang=user.lang, tz=user.tz)
            drive.activity_schedule(
                LATE,
                drive.stop.date(),
                summary=drive.env._(
                    "%(car)s should be back: %(driver)s %(phone)s",
                    car=drive.plate or drive.vehicle_id.vin,
                    driver=drive.driver_name or "",
                    phone=drive.driver_phone or "",
                ),
                user_id=user.id,
            )

    def _dms_forget_late(self):
        self._dms_late_activities().unlink()

    def _dms_late_activities(self):
        return self.env["mail.activity"]._dms_of(self, LATE)
