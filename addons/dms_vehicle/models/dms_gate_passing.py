from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..gate import odometer_problem, verdict
from .dms_gate_text import odometer_refusal, verdict_refusal

GUARD = "dms_base.group_dms_gate_guard"
EVENTS = {"exit": "vehicle.gate_exit", "return": "vehicle.gate_return"}
NEXT = {"exit": "let_out", "return": "take_back"}


class DmsGatePass(models.Model):
    """The guard's two steps."""

    _name = "dms.gate.pass"
    _inherit = ["dms.gate.pass"]

    def let_out(self, odometer_km=None, fuel_percent=0, damage="", photos=()):
        """Let the car out; once more changes nothing.

        :param int odometer_km: what the odometer shows; needed if the car comes back
        :param int fuel_percent: fuel or state of charge, 0 if it was not read
        :param str damage: what the guard noticed
        :param photos: pictures, base64
        :return: {"changed": bool, "message": str}
        :raise UserError: if the car may not leave, with the reason
        """
        return self._pass_gate("exit", odometer_km, fuel_percent, damage, photos)

    def take_back(self, odometer_km=None, fuel_percent=0, damage="", photos=()):
        """Take the car back; parameters and answer as of ``let_out``."""
        return self._pass_gate("return", odometer_km, fuel_percent, damage, photos)

    def _pass_gate(self, kind, odometer_km, fuel_percent, damage, photos):
        self.ensure_one()
        self._check_guard()
        self._dms_claim()
        # the guard may see the paper, not the car: its steps are written for him
        one = self.sudo()
        if one.check_ids.filtered(lambda check: check.kind == kind):
            return {"changed": False, "message": one._done_message(kind)}
        one._check_turn(kind)
        one._check_reading(kind, odometer_km)
        check = one._note_check(kind, odometer_km, fuel_percent, damage)
        check._attach(photos)
        one._tell_car(check)
        return {"changed": True, "message": one._done_message(kind)}

    def _check_guard(self):
        self.check_access("read")
        if self.env.su:
            return
        if not self.env.user.has_group(GUARD):
            raise AccessError(self.env._("Only the gate guard lets cars out and in."))
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "This gate pass is another store's: its own guard lets the car"
                    " through."
                )
            )

    def _check_turn(self, kind):
        found = verdict(self._slip(), fields.Datetime.now())
        if kind == "return" and found == "let_out":
            found = "not_left"
        if found != NEXT[kind]:
            raise UserError(verdict_refusal(self, found))

    def _check_reading(self, kind, km):
        """The odometer neither goes back nor is forgotten on a car that comes back."""
        known = self.vehicle_id.odometer_km or 0
        least = self.exit_km if kind == "return" else 0
        if code := odometer_problem(km, max(known, least), self.must_return):
            raise UserError(odometer_refusal(self.env, code, max(known, least)))

    def _note_check(self, kind, km, fuel_percent, damage):
        if not 0 <= (fuel_percent or 0) <= 100:
            raise UserError(self.env._("Fuel or charge is between 0 and 100 %."))
        return self.env["dms.gate.check"].create(
            {
                "pass_id": self.id,
                "company_id": self.company_id.id,
                "kind": kind,
                "at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "odometer_km": km or 0,
                "fuel_percent": fuel_percent or 0,
                "damage": damage or False,
            }
        )

    def _tell_car(self, check):
        """Write the reading on the car, and in its log that it passed the gate."""
        car = self.vehicle_id
        if check.odometer_km > (car.odometer_km or 0):
            car.odometer_km = check.odometer_km
        car._dms_record(
            EVENTS[check.kind], document=self, facts={"reason": self.reason}
        )
        if check.kind == "return":
            self._forget_late()

    def _done_message(self, kind):
        if kind == "exit":
            return self.env._("%(vin)s has been let out.", vin=self.vin)
        return self.env._("%(vin)s has been taken back.", vin=self.vin)
