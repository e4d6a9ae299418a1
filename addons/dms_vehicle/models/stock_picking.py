from odoo import fields, models
from odoo.exceptions import UserError

from .announcement import Announcement


class StockPicking(models.Model):
    _inherit = "stock.picking"

    dms_vehicle_count = fields.Integer(compute="_compute_dms_vehicles")
    dms_is_open_receipt = fields.Boolean(
        compute="_compute_dms_vehicles",
        help="Cars bought from an OEM are still to arrive on this receipt.",
    )

    def _compute_dms_vehicles(self):
        for picking in self:
            cars = picking.move_ids.filtered("product_id.dms_is_vehicle")
            picking.dms_vehicle_count = len(cars.move_line_ids.lot_id)
            picking.dms_is_open_receipt = (
                bool(cars)
                and picking.location_id.usage == "supplier"
                and picking.state not in ("draft", "done", "cancel")
            )

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
        if not self.dms_is_open_receipt:
            raise UserError(
                self.env._(
                    "%(name)s is not an open receipt of cars from an OEM.",
                    name=self.name,
                )
            )
        return self._dms_announce(rows)

    def _dms_announce(self, rows):
        self.check_access("write")
        if not isinstance(rows, list):
            raise UserError(self.env._("The rows must be a list, one object per car."))
        announcement = Announcement(self)
        announcement.run(enumerate(rows, start=1))
        return announcement.result()
