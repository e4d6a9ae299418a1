from odoo import fields, models
from odoo.exceptions import UserError

FOLLOW_UPS = (3, 15, 30)
CALL = "mail.mail_activity_data_call"


class DmsDelivery(models.Model):
    """The handover beside the car, on a phone: papers, photo, signature, and go."""

    _name = "dms.delivery"
    _inherit = ["dms.delivery"]

    def action_hand_over(self):
        """Deliver the car: the stock move, its gate pass, owner, events, follow-ups.

        :raise UserError: naming all that is missing
        """
        for delivery in self:
            delivery.check_access("write")
            delivery._dms_claim()
            # another delivery of the same car waits, too
            delivery.vehicle_id.sudo()._dms_claim()
            delivery._check_hand_over()
            delivery._hand_over()
        return True

    def _check_hand_over(self):
        if self.state != "open":
            raise UserError(
                self.env._("%(delivery)s is over already.", delivery=self.display_name)
            )
        self._dms_check_nothing_missing()
        if texts := list(self._handover_texts()):
            raise UserError(
                self.env._(
                    "%(delivery)s: before the car goes\n%(missing)s",
                    delivery=self.display_name,
                    missing="\n".join(f"- {text}" for text in texts),
                )
            )

    def _handover_texts(self):
        """Yield what the ritual itself still lacks."""
        for item in self.item_ids.filtered(lambda one: one.phase == "handover"):
            if item.state == "open":
                yield self.env._("hand over: %(paper)s", paper=item.name)
        if not self.photo_ids:
            yield self.env._("take a photo of the handover")
        if not self.signature or not (self.signed_name or "").strip():
            yield self.env._("let the customer sign, with the name")
        if self.odometer_km < self.vehicle_id.sudo().odometer_km:
            yield self.env._(
                "the odometer shows less than the %(km)s km known",
                km=self.vehicle_id.sudo().odometer_km,
            )

    def _hand_over(self):
        self._dms_ship()
        # what the papers prove was checked; the ritual is written down by the system
        self.sudo().write(
            {"handed_at": fields.Datetime.now(), "handed_by_id": self.env.uid}
        )
        car = self.vehicle_id.sudo()
        if self.odometer_km:
            car.odometer_km = self.odometer_km
        self._dms_settle("before")
        self._dms_settle("handover")
        facts = {"papers": len(self.item_ids.filtered(lambda i: i.phase == "handover"))}
        car._dms_record(
            "vehicle.handed_over", document=self, facts=facts, person=self.partner_id
        )
        self._dms_plan_follow_ups()

    def _dms_ship(self):
        """Let the car leave stock, unless it has already."""
        moves = self.deal_id.sudo().car_line_id.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_dest_id.usage == "customer"
            )
        )
        # a consultant hands over, the stock follows: all was checked above
        moves.picking_id.button_validate()
        if any(move.state != "done" for move in moves):
            raise UserError(
                self.env._(
                    "The car cannot leave stock: it is not reserved for %(order)s. Look"
                    " at its delivery.",
                    order=self.order_id.sudo().name,
                )
            )

    def _dms_plan_follow_ups(self):
        """Remind the consultant to call after some days."""
        user = self.user_id or self.env.user
        today = fields.Date.context_today(self)
        # a reminder is seen in its list; the consultant gets no mail for each
        delivery = self.sudo().with_context(mail_activity_quick_update=True)
        for number in FOLLOW_UPS:
            delivery.activity_schedule(
                CALL,
                fields.Date.add(today, days=number),
                self.env._("Day %(number)s after the delivery", number=number),
                user_id=user.id,
            )

    def action_dms_view_gate_passes(self):
        """Open the gate pass that the delivery made."""
        self.ensure_one()
        pickings = self.deal_id.sudo().car_line_id.move_ids.picking_id
        passes = self.env["dms.gate.pass"].search([("picking_id", "in", pickings.ids)])
        return self.env["dms.vehicle"]._open("dms.gate.pass", passes)
