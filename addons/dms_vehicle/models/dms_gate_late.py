from odoo import api, models

LATE = "dms_vehicle.mail_activity_gate_late"


class DmsGatePass(models.Model):
    """Cars that are out beyond their time: whoever issued the pass is told, once."""

    _name = "dms.gate.pass"
    _inherit = ["dms.gate.pass"]

    @api.model
    def _cron_gate(self):
        """Close passes whose time is over, and ask for cars that are late."""
        self._expire()
        self.search([("is_late", "=", True)])._ask_for_late()

    def _ask_for_late(self):
        told = self._late_activities().mapped("res_id")
        for one in self.filtered(lambda one: one.id not in told):
            one = one.with_context(lang=one.issued_by_id.lang)
            one.activity_schedule(
                LATE,
                one.back_by.date(),
                summary=one.env._(
                    "%(vin)s should be back: %(driver)s",
                    vin=one.vin,
                    driver=one.driver_name or "",
                ),
                user_id=one.issued_by_id.id,
            )

    def _forget_late(self):
        self._late_activities().unlink()

    def _late_activities(self):
        return self.env["mail.activity"]._dms_of(self, LATE)
