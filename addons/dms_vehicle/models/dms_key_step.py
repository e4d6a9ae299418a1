from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..gate import verdict
from ..keybox import step_problem
from .dms_gate_text import verdict_refusal
from .dms_key_states import HOURS_OUT, KEEPERS, TO_SOMEBODY
from .dms_key_text import step_refusal

# what comes next by a pass, where a key may be given out for it
STILL_GOOD = ("too_early", "let_out", "take_back")


class DmsKeyItem(models.Model):
    """What people do with keys."""

    _name = "dms.key.item"
    _inherit = ["dms.key.item"]

    def take(self, partner, due_at=None, note="", gate_pass=None):
        """Give keys out of the cabinet to somebody.

        :param partner: ``res.partner`` who takes them, or its id
        :param due_at: when they must be back; the end of his pass, or half a day
        :param note: what for
        :param gate_pass: ``dms.gate.pass`` by which the car leaves, or its id
        :return: the ``dms.key.move``
        :raise UserError: says who has a key that does not hang there, or why his pass
            is good for nothing
        """
        gate_pass = self.env["dms.gate.pass"].browse(_id(gate_pass))
        self._check_pass(gate_pass)
        self._check_valid()
        hours = fields.Datetime.now() + timedelta(hours=HOURS_OUT)
        return self._step(
            "take",
            to_partner_id=_id(partner),
            due_at=due_at or gate_pass.back_by or hours,
            note=note,
            pass_id=gate_pass.id,
        )

    def bring_back(self, note=""):
        """Hang keys back, also those that a customer brings."""
        return self._step("return", note=note)

    def hand_over(self, partner, note="", picking=None):
        """Give keys to the customer for good."""
        return self._step(
            "hand_over",
            to_partner_id=_id(partner),
            note=note,
            picking_id=_id(picking),
        )

    def lose(self, note):
        """Report keys lost; the reason stays with them."""
        if not (note or "").strip():
            raise UserError(self.env._("Say how it was lost and who was told."))
        return self._step("lose", note=note)

    def find_again(self, note=""):
        """Hang keys back that were reported lost."""
        return self._step("find", note=note)

    def take_in(self, note=""):
        """Hang up keys that came with their car from another store."""
        return self._step("take_in", note=note)

    def miss(self, note=""):
        """Note that keys another store has sent did not come; it sees that, too."""
        moves = self._step("miss", note=note)
        self._dms_tell_missing(note)
        return moves

    def _step(self, step, notes=None, **vals):
        """Do one step with all these keys, or with none.

        :param notes: reason by key, where it differs
        """
        self._check_keeper()
        if step in TO_SOMEBODY and not vals.get("to_partner_id"):
            raise UserError(self.env._("Say who takes the key."))
        self._dms_claim()
        for key in self:
            if code := step_problem(step, key.state):
                raise UserError(step_refusal(key, code))
        # decided above; moves are written by no one himself
        return (
            self.env["dms.key.move"]
            .sudo()
            .create(
                [
                    key._prepare_move(step)
                    | vals
                    | ({"note": notes[key]} if notes and key in notes else {})
                    for key in self
                ]
            )
        )

    def _prepare_move(self, step):
        # the car may have left for a store that the user cannot read
        key = self.sudo()
        return {
            "item_id": key.id,
            "company_id": key.company_id.id,
            "vehicle_id": key.vehicle_id.id,
            "step": step,
            "from_partner_id": key.holder_id.id,
            "user_id": self.env.uid,
            "at": fields.Datetime.now(),
        }

    def _check_keeper(self):
        self.check_access("write")
        if self.env.su or any(map(self.env.user.has_group, KEEPERS)):
            return
        raise AccessError(
            self.env._("Only the stock clerk and managers give keys out and take them.")
        )

    def _check_pass(self, gate_pass):
        self._check_same_car(gate_pass)
        if not gate_pass:
            return
        found = verdict(gate_pass._slip(), fields.Datetime.now())
        if found not in STILL_GOOD:
            raise UserError(verdict_refusal(gate_pass, found))

    def _check_same_car(self, gate_pass):
        # whoever keeps the keys knows which car they are for
        cars = self.sudo().vehicle_id
        if gate_pass and cars and gate_pass.sudo().vehicle_id != cars:
            raise UserError(
                self.env._(
                    "Gate pass %(name)s is for another car: choose the one of this"
                    " car.",
                    name=gate_pass.name,
                )
            )

    def _check_valid(self):
        if void := self.filtered("is_void"):
            raise UserError(
                self.env._(
                    "%(key)s held until %(date)s and cannot be used any more: take"
                    " another.",
                    key=void[0].display_name,
                    date=void[0].valid_until,
                )
            )


def _id(record):
    return record.id if isinstance(record, models.BaseModel) else record or False
