from odoo import models
from odoo.exceptions import AccessError, UserError

from .dms_gate_states import FOR_GOOD, MAY_ISSUE


class DmsGatePass(models.Model):
    """When a pass may be issued, and by whom."""

    _name = "dms.gate.pass"
    _inherit = ["dms.gate.pass"]

    def _check_may_issue(self):
        for one in self:
            one._check_issuer()
            # the car may be another store's: then its name is all that is told
            one.sudo()._check_car()

    def _check_issuer(self):
        """A program's step, or a role to which this reason belongs."""
        if self.env.su or self.reason in self._reasons_of_user():
            return
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        raise AccessError(
            self.env._(
                "You may not issue a gate pass for this reason: %(reason)s. Ask the"
                " sales manager.",
                reason=reasons[self.reason],
            )
        )

    def _reasons_of_user(self):
        user = self.env.user
        return {
            reason
            for group, reasons in MAY_ISSUE.items()
            if user.has_group(group)
            for reason in reasons
        }

    def _check_car(self):
        if self.reason in FOR_GOOD:
            return self._check_document()
        if self.picking_id:
            raise UserError(
                self.env._("A car that comes back leaves without a stock move.")
            )
        if not self._is_here():
            raise UserError(self._not_here_message())
        return None

    def _is_here(self):
        car = self.vehicle_id
        return car.location_id.usage == "internal" and car.company_id == self.company_id

    def _not_here_message(self):
        car = self.vehicle_id
        states = dict(car._fields["state"]._description_selection(self.env))
        if car.company_id != self.company_id:
            return self.env._(
                "%(vin)s does not belong to %(store)s: no gate pass for it here.",
                vin=car.vin,
                store=self.company_id.name,
            )
        return self.env._(
            "%(vin)s is not here (%(state)s): no gate pass for it.",
            vin=car.vin,
            state=states.get(car.state, ""),
        )

    def _check_document(self):
        """A car leaves for good by its last stock move, which was done here."""
        picking, car = self.picking_id, self.vehicle_id
        if not picking or picking.company_id != self.company_id:
            raise UserError(self._no_document_message())
        if picking.state != "done" or picking._dms_gate_reason() != self.reason:
            raise UserError(self._no_document_message())
        if car._dms_last_picking() != picking:
            raise UserError(
                self.env._(
                    "%(vin)s has moved on since %(picking)s: no gate pass by it.",
                    vin=car.vin,
                    picking=picking.name,
                )
            )

    def _no_document_message(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        return self.env._(
            "%(vin)s leaves for good (%(reason)s): that needs its validated stock"
            " move of this store. Validate the delivery or transfer, then issue the"
            " pass from there.",
            vin=self.vehicle_id.vin,
            reason=reasons[self.reason],
        )
