from odoo import fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """A receipt of cars and the damage it came with."""

    _name = "stock.picking"
    _inherit = ["stock.picking"]

    dms_damage_ids = fields.One2many("dms.damage.report", "picking_id", "Damages Noted")

    def action_dms_report_damage(self):
        """Open a report for the car of this receipt, or to choose one of its cars."""
        self.ensure_one()
        cars = self._dms_cars()
        if not cars:
            raise UserError(self.env._("Enter the VINs of the cars first."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Transport Damage"),
            "res_model": "dms.damage.report",
            "view_mode": "form",
            "context": {
                "default_picking_id": self.id,
                "default_vehicle_id": cars.id if len(cars) == 1 else False,
                "dms_cars": cars.ids,
            },
        }

    def _dms_cars(self):
        vins = {line.lot_id.name or line.lot_name for line in self._dms_car_lines()}
        return self.env["dms.vehicle"].search([("vin", "in", list(filter(None, vins)))])

    def action_dms_view_damages(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("dms.damage.report", self.dms_damage_ids)
