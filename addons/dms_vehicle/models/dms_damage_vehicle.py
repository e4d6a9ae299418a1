from odoo import fields, models


class DmsVehicle(models.Model):
    """The car and what carriers did to it."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    damage_ids = fields.One2many("dms.damage.report", "vehicle_id", "Transport Damages")

    def _dms_report_damage(self, vals=None):
        """Note transport damage of these cars; claiming it is the next step.

        :param dict vals: of each ``dms.damage.report``, for example ``carrier_id``,
            ``delivery_note`` and ``line_ids``
        :return: the reports, in the order of the cars
        """
        return self.env["dms.damage.report"].create(
            [dict(vals or {}, vehicle_id=car.id) for car in self]
        )

    def action_report_damage(self):
        """Open a report for this car."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Transport Damage"),
            "res_model": "dms.damage.report",
            "view_mode": "form",
            "context": {"default_vehicle_id": self.id},
        }

    def action_view_damages(self):
        self.ensure_one()
        return self._open("dms.damage.report", self.damage_ids)
