from odoo import fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        cars = self.filtered("product_id.dms_is_vehicle")
        cars._dms_check_arrivals()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        (moves & cars)._dms_follow_cars()
        return moves

    # Reservation: the VIN on the sale order line is the one to deliver

    def _dms_promised_lot(self):
        return self.sale_line_id.dms_vehicle_id.lot_id

    def _get_available_quantity(
        self,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        allow_negative=False,
    ):
        lot = lot_id or self._dms_promised_lot() or None
        return super()._get_available_quantity(
            location_id, lot, package_id, owner_id, strict, allow_negative
        )

    def _update_reserved_quantity_vals(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        lot = lot_id or self._dms_promised_lot() or None
        if not lot and self._dms_waits_for_store():
            return [], 0
        return super()._update_reserved_quantity_vals(
            need, location_id, lot, package_id, owner_id, strict
        )

    # Arrivals

    def _dms_check_arrivals(self):
        """Refuse to receive a car that stands elsewhere, naming its holder.

        The rows are locked: of two stores that receive the same car at the same
        time, the second sees what the first has done.
        """
        lines = self.move_line_ids.filtered(
            lambda line: line.location_id.usage in ("supplier", "inventory")
            and line.location_dest_id.usage == "internal"
        )
        vins = [line.lot_id.name or line.lot_name for line in lines]
        vehicles = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        known = vehicles.search([("vin", "in", [vin for vin in vins if vin])])
        known.lock_for_update()
        known.invalidate_recordset(["location_id", "company_id", "state"])
        for vehicle in known:
            if vehicle.location_id.usage in ("internal", "transit"):
                raise UserError(vehicle._held_message())

    def _dms_follow_cars(self):
        """Write on each car what its move proves: arrival, hand-over, return."""
        today = fields.Date.context_today(self)
        for move in self:
            vehicles = move.move_line_ids.lot_id.sudo().dms_vehicle_ids
            if vals := move._dms_vehicle_vals(today):
                vehicles.with_context(tracking_disable=True).write(vals)
            if move.location_dest_id.usage == "transit":
                move._dms_hand_over_to_store()

    def _dms_hand_over_to_store(self):
        """Put the VINs that left on the receipt of the store that bought them."""
        purchase = self.sale_line_id.order_id.sudo().dms_counterpart_purchase_id
        waiting = purchase.picking_ids.move_ids.filtered(
            lambda move: move.product_id == self.product_id
            and move.state not in ("done", "cancel")
            and move.quantity < move.product_uom_qty
        )
        for lot in self.move_line_ids.lot_id if waiting else []:
            move = waiting.filtered(lambda m: m.quantity < m.product_uom_qty)[:1]
            move._update_reserved_quantity(1, move.location_id, lot_id=lot)
            move._recompute_state()

    def _dms_waits_for_store(self):
        """Cars between stores: only the VINs the seller shipped may be received."""
        return bool(self.purchase_line_id.order_id.sudo().dms_counterpart_sale_id)

    def _dms_vehicle_vals(self, today):
        source, target = self.location_id.usage, self.location_dest_id.usage
        if target == "internal" and source != "internal":
            return {"received_date": today, "delivered_date": False, "owner_id": False}
        if target == "customer" and source in ("internal", "transit"):
            partner = self.picking_id.partner_id.commercial_partner_id
            return {"delivered_date": today, "owner_id": partner.id}
        return {}
