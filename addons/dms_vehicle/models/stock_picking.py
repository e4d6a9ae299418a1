from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .announcement import Announcement


class StockPicking(models.Model):
    _inherit = "stock.picking"

    dms_vehicle_count = fields.Integer(
        "Number of Vehicles", compute="_compute_dms_vehicle_count"
    )
    dms_is_open_receipt = fields.Boolean(
        "Receipt of Cars Is Open",
        compute="_compute_dms_is_open_receipt",
        help="Cars bought from an OEM are still to arrive on this receipt.",
    )
    dms_vins_missing = fields.Boolean(
        "VINs Are Missing", compute="_compute_dms_is_open_receipt"
    )

    @api.depends("move_line_ids.lot_id", "move_line_ids.lot_name")
    def _compute_dms_vehicle_count(self):
        for picking in self:
            picking.dms_vehicle_count = len(picking._dms_car_lines().filtered(_vin))

    @api.depends("state", "move_line_ids.lot_id", "move_line_ids.lot_name")
    def _compute_dms_is_open_receipt(self):
        for picking in self:
            is_open = (
                picking.location_id.usage == "supplier"
                and picking.state not in ("draft", "done", "cancel")
                and bool(picking._dms_car_lines())
            )
            picking.dms_is_open_receipt = is_open
            picking.dms_vins_missing = is_open and not all(
                map(_vin, picking._dms_car_lines())
            )

    def _dms_car_lines(self):
        return self.move_line_ids.filtered("product_id.dms_is_vehicle")

    def action_dms_receive(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_receive_action"
        )
        return dict(action, context={"default_picking_id": self.id})

    def action_dms_view_vehicles(self):
        self.ensure_one()
        vins = self._dms_car_lines().mapped(_vin)
        vehicles = self.env["dms.vehicle"].search([("vin", "in", vins)])
        return vehicles._open("dms.vehicle", vehicles)

    # Announced cars

    def dms_announce(self, rows):
        """Put the VINs of a shipping note on this receipt; good rows go in.

        A row that was announced before changes nothing, so that a message may be
        sent twice.

        :param list rows: dicts with ``vin`` and optionally ``product_code``,
            ``engine_number``, ``shipped_date``, ``expected_date`` (ISO dates),
            ``allocation`` (which allocation of this store the car fulfils)
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

    def _dms_check_may_announce(self):
        """Odoo lets sales staff write receipts; taking in cars is not their work."""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("stock.group_stock_user")):
            raise AccessError(
                self.env._("Cars are taken into stock by the stock clerk: ask one.")
            )

    def _dms_announce(self, rows):
        self._dms_check_may_announce()
        if not isinstance(rows, list):
            raise UserError(self.env._("The rows must be a list, one object per car."))
        announcement = Announcement(self)
        announcement.run(enumerate(rows, start=1))
        return announcement.result()


def _vin(line):
    return line.lot_id.name or line.lot_name
