from odoo import fields, models
from odoo.exceptions import UserError

from .announcement import Announcement


class StockPicking(models.Model):
    _inherit = "stock.picking"

    dms_vehicle_count = fields.Integer(compute="_compute_dms_vehicle_count")
    dms_has_vehicles = fields.Boolean(compute="_compute_dms_vehicle_count")

    def _compute_dms_vehicle_count(self):
        for picking in self:
            cars = picking.move_line_ids.filtered("product_id.dms_is_vehicle")
            picking.dms_has_vehicles = bool(
                picking.move_ids.product_id.filtered("dms_is_vehicle")
            )
            picking.dms_vehicle_count = len(cars.lot_id)

    def action_dms_receive(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_receive_action"
        )
        return dict(action, context={"default_picking_id": self.id})

    def action_dms_view_vehicles(self):
        self.ensure_one()
        vehicles = self.move_line_ids.lot_id.dms_vehicle_ids
        return self.env["dms.vehicle"]._open("dms.vehicle", vehicles)

    # Announced cars

    def dms_announce(self, rows):
        """Put the VINs of a shipping note on this receipt; good rows go in.

        A row that was announced before changes nothing, so that a message may be
        sent twice.

        :param list rows: dicts with ``vin`` and optionally ``product_code``,
            ``engine_number``, ``shipped_date``, ``expected_date`` (ISO dates)
        :return: {"accepted": int, "unchanged": int, "rejected": [{row, vin, reason}]}
        """
        self.ensure_one()
        self.check_access("write")
        if self.state in ("done", "cancel"):
            raise UserError(
                self.env._("Receipt %(name)s is closed already.", name=self.name)
            )
        return Announcement(self).run(rows)
