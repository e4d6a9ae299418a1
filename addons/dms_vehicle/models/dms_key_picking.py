from odoo import models

from .dms_key_states import EACH_CAR_HAS


class StockPicking(models.Model):
    """Keys come and go with their cars."""

    _name = "stock.picking"
    _inherit = ["stock.picking"]

    def _action_done(self):
        result = super()._action_done()
        for picking in self.filtered(lambda picking: picking.state == "done"):
            # whoever moves a car moves its keys, whatever his role
            picking.sudo()._dms_move_keys()
        return result

    def _dms_move_keys(self):
        if self._dms_gate_reason():
            self._dms_hand_keys_over()
        elif self._dms_brings_cars():
            self._dms_receive_keys()

    def _dms_brings_cars(self):
        from_outside = self.location_id.usage in ("supplier", "transit")
        is_here = self.location_dest_id.usage == "internal"
        return from_outside and is_here and bool(self._dms_car_lines())

    def _dms_receive_keys(self):
        """Keys come from the store that sent the car; only of other cars are they new.

        Where that store has lost one, none is made up here.
        """
        cars = self._dms_gate_cars()
        if self.location_id.usage == "transit":
            self._dms_sent_keys(cars)._dms_arrive(self)
            known = self.env["dms.key.item"].search([("vehicle_id", "in", cars.ids)])
            cars -= known.vehicle_id
        if self.company_id.dms_keys_at_receipt:
            self.env["dms.key.item"]._dms_make(cars, EACH_CAR_HAS)

    def _dms_sent_keys(self, cars):
        """:return: what left with these cars when they were last sent to a store"""
        sent = {car: line.picking_id for car, line in cars._dms_departures().items()}
        moves = self.env["dms.key.move"].search(
            [
                ("vehicle_id", "in", cars.ids),
                ("step", "=", "hand_over"),
                ("picking_id", "in", [picking.id for picking in sent.values()]),
            ]
        )
        return moves.filtered(
            lambda move: (
                move.item_id.state == "customer"
                and move.picking_id == sent.get(move.vehicle_id)
            )
        ).item_id.sorted("id")

    def _dms_hand_keys_over(self):
        """Nothing of a car that has left stays in the cabinet, or is asked for."""
        keys = self.env["dms.key.item"].search(
            [
                ("vehicle_id", "in", self._dms_gate_cars().ids),
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("coming", "cabinet", "out")),
            ]
        )
        if keys and self.partner_id:
            keys._step(
                "hand_over",
                notes={key: self._dms_key_note(key) for key in keys},
                to_partner_id=self.partner_id.id,
                picking_id=self.id,
            )

    def _dms_key_note(self, key):
        if key.state == "out":
            return self.env._(
                "Left with %(picking)s; %(who)s had not brought it back.",
                picking=self.name,
                who=key.holder_id.name,
            )
        return self.env._("Left with %(picking)s.", picking=self.name)
