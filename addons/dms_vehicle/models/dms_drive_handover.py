from odoo import fields, models
from odoo.exceptions import UserError

from ..gate import odometer_problem
from .dms_drive_states import EVENTS, PASS_REASON
from .dms_gate_text import odometer_refusal


class DmsDrive(models.Model):
    """The car goes out, and comes back."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    key_ids = fields.Many2many(
        "dms.key.item", string="Keys and Plates Given", readonly=True, copy=False
    )

    def hand_out(self, odometer_km, energy_percent=0, damage="", photos=(), keys=None):
        """Hand the car over: reading, photos, keys, gate pass.

        :param int odometer_km: what the odometer shows
        :param int energy_percent: fuel or state of charge
        :param str damage: what is seen before the drive
        :param photos: pictures, base64
        :param keys: ``dms.key.item`` (key, plate) that go with the driver
        :return: the ``dms.drive.check``
        :raise UserError: says all that is missing, and who can solve it
        """
        self._dms_begin("booked")
        self._dms_check_nothing_missing()
        check = self._dms_note("out", odometer_km, energy_percent, damage, photos)
        self._dms_issue_pass()
        self._dms_give_keys(keys or self.env["dms.key.item"])
        return check

    def bring_back(self, odometer_km, energy_percent=0, damage="", photos=()):
        """Take the car back with its keys; parameters and answer as of ``hand_out``."""
        self._dms_begin("out")
        self._dms_close_pass()
        check = self._dms_note("back", odometer_km, energy_percent, damage, photos)
        self._dms_take_keys()
        self._dms_forget_late()
        return check

    def _dms_begin(self, state):
        self.ensure_one()
        self.check_access("write")
        self._dms_claim()
        if self.kind == "blocked" or self.state != state:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(drive)s: %(state)s; this step is not possible now. Reload the"
                    " page.",
                    drive=self.display_name,
                    state=states[self.state],
                )
            )

    def _dms_note(self, kind, km, energy, damage, photos):
        self._dms_check_readings(kind, km, energy)
        # decided above; hand-overs are written by no one himself
        checks = self.env["dms.drive.check"].sudo()
        check = checks.create(self._dms_prepare_check(kind, km, energy, damage))
        check._attach(photos)
        self._dms_tell_car(check)
        return check.sudo(False)

    def _dms_check_readings(self, kind, km, energy):
        known = self.vehicle_id.odometer_km or 0
        least = max(known, self.out_km if kind == "back" else 0)
        if code := odometer_problem(km, least, is_needed=True):
            raise UserError(odometer_refusal(self.env, code, least))
        if not 0 <= (energy or 0) <= 100:
            raise UserError(self.env._("Fuel or charge is between 0 and 100 %."))

    def _dms_prepare_check(self, kind, km, energy, damage):
        return {
            "drive_id": self.id,
            "company_id": self.company_id.id,
            "kind": kind,
            "at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "odometer_km": km,
            "energy_percent": energy or 0,
            "damage": damage or False,
        }

    def _dms_tell_car(self, check):
        # an advisor or a consultant may write what the odometer shows, and only that
        car = self.vehicle_id.sudo()
        if check.odometer_km > (car.odometer_km or 0):
            car.odometer_km = check.odometer_km
        facts = {"kind": self.kind}
        car._dms_record(EVENTS[check.kind], document=self, facts=facts)

    # Gate

    def _dms_issue_pass(self):
        """A store with a guard at its gate lets no car out without a pass."""
        store = self.company_id.sudo()  # a setting; who hands over need not read it
        if not store.dms_gate_pass:
            return
        # the drive is why the car may leave, whatever the role of who hands it over
        passes = self.env["dms.gate.pass"].sudo()
        self.sudo().gate_pass_id = passes.create(
            {
                "company_id": self.company_id.id,
                "vehicle_id": self.vehicle_id.id,
                "reason": PASS_REASON[self.kind],
                "driver_id": self.partner_id.id,
                "back_by": max(
                    self.stop, fields.Datetime.add(fields.Datetime.now(), minutes=15)
                ),
                "note": self.name,
            }
        )

    def _dms_close_pass(self):
        # the pass was issued for the drive, and ends with it whoever takes the car back
        one = self.sudo().gate_pass_id
        if one.state == "out":
            raise UserError(
                self.env._(
                    "The guard has not let the car in yet: have him take it back by"
                    " gate pass %(name)s, then record it here.",
                    name=one.name,
                )
            )
        if one.state == "issued":
            one.cancel()

    # Keys

    def _dms_give_keys(self, keys):
        """The hand-over is the paper by which keys leave the cabinet."""
        if not keys:
            return
        due = max(self.stop, fields.Datetime.now())
        # who hands the car over need not keep the cabinet
        keys.sudo().take(self.partner_id, due, self.name, self.gate_pass_id)
        self.sudo().key_ids = keys

    def _dms_take_keys(self):
        # they come back with the car, whoever takes it
        keys = self.key_ids.sudo()
        keys.filtered(
            lambda key: key.state == "out" and key.holder_id == self.partner_id
        ).bring_back(self.name)

    def action_hand_out(self):
        return self._dms_open_handover("out")

    def action_bring_back(self):
        return self._dms_open_handover("back")

    def _dms_open_handover(self, kind):
        self.ensure_one()
        if kind == "out":
            self._dms_check_nothing_missing()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_drive_handover_action"
        )
        kinds = dict(
            self.env["dms.drive.check"]._fields["kind"]._description_selection(self.env)
        )
        context = {"default_drive_id": self.id, "default_kind": kind}
        return dict(action, name=kinds[kind], context=context)
