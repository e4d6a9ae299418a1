from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DmsCertificateDocument(models.AbstractModel):
    """Who decides about a step, and what happens then."""

    _name = "dms.certificate.document"
    _inherit = ["dms.certificate.document"]

    may_decide = fields.Boolean("I May Decide", compute="_compute_may_decide")
    bank_has_login = fields.Boolean(compute="_compute_bank_has_login")

    @api.depends_context("uid")
    @api.depends("state", "asked_by_id", "asked_side", "bank_id")
    def _compute_may_decide(self):
        side = "bank" if self.env.user.share else "store"
        for one in self:
            one.may_decide = (
                one.state == "waiting"
                and one.asked_by_id != self.env.user
                and not (one.bank_has_login and one.asked_side == side)
            )

    @api.depends("bank_id")
    def _compute_bank_has_login(self):
        for one in self:
            one.bank_has_login = bool(one.bank_id) and one.bank_id._dms_has_login()

    def accept(self, note=""):
        """Confirm as the second person; doing it twice changes nothing.

        :return: {"changed": [ids], "unchanged": [ids], "message": str}
        :raise UserError: if somebody decided otherwise, or another has to decide
        """
        return self._dms_decide("accepted", note)

    def cancel(self, note=""):
        """Take back what was asked, by whoever asked or anyone of his side."""
        self.check_access("read")
        waiting = self._dms_waiting("cancelled")
        for one in waiting:
            if one._dms_side() != one.asked_side:
                raise UserError(self.env._("Refuse it instead: the other side asked."))
        waiting._dms_write_decision("cancelled", note)
        return self._dms_answer(waiting)

    def _dms_decide(self, state, note, **vals):
        self.check_access("read")
        waiting = self._dms_waiting(state)
        waiting._dms_check_cosigner()
        waiting._dms_check_still_possible(state)
        waiting._dms_write_decision(state, note, **vals)
        waiting._dms_apply(state)
        waiting._dms_record_decision()
        return self._dms_answer(waiting)

    def _dms_waiting(self, state):
        """Return those not decided yet; decided otherwise is an error."""
        waiting = self.filtered(lambda one: one.state == "waiting")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for one in self - waiting:
            if one.state != state:
                # to name who has decided, and nothing else of him
                raise UserError(
                    self.env._(
                        "%(number)s: %(state)s already, by %(user)s at %(at)s.",
                        number=one.number,
                        state=labels[one.state],
                        user=one.sudo().decided_by_id.name,
                        at=one.decided_at,
                    )
                )
        return waiting

    def _dms_side(self):
        """:return: for which side the current user may sign
        :raise AccessError: if for none
        """
        self.ensure_one()
        user = self.env.user
        if user.share:
            if self.bank_id and user.partner_id.commercial_partner_id == self.bank_id:
                return "bank"
        elif self.has_access("write"):
            return "store"
        raise AccessError(
            self.env._(
                "You do not handle this certificate: ask an accountant or the F&I"
                " officer of its store."
            )
        )

    def _dms_check_cosigner(self):
        """Refuse all but somebody else, of the bank where a bank takes part."""
        for one in self:
            side = one._dms_side()
            if one.asked_by_id == self.env.user:
                raise UserError(
                    self.env._(
                        "%(number)s: you asked for this yourself; somebody else must"
                        " decide.",
                        number=one.number,
                    )
                )
            if one.bank_id:
                one._dms_check_bank(side)

    def _dms_check_bank(self, side):
        # to name the bank, and nothing else of it
        names = {"number": self.number, "bank": self.bank_id.sudo().name}
        if not self.bank_has_login:
            if not self.proof:
                raise UserError(
                    self.env._(
                        "%(bank)s has no login here: attach its letter or receipt to"
                        " %(number)s first.",
                        **names,
                    )
                )
        elif side == self.asked_side:
            raise UserError(
                self.env._("%(number)s: the store must decide this.", **names)
                if side == "bank"
                else self.env._(
                    "%(number)s: %(bank)s must decide this in its own login.", **names
                )
            )

    def _dms_check_still_possible(self, state):
        """Refuse what has become impossible since it was asked; to be extended."""

    def _dms_write_decision(self, state, note, **vals):
        vals |= {
            "state": state,
            "decided_by_id": self.env.uid,
            "decided_at": fields.Datetime.now(),
            "decision_note": note or False,
        }
        for one in self.sudo():  # who may decide was checked
            one.write(vals | {"digest": one._dms_seal(vals)})
        # the next step may need the place of this one in the unique index
        self.flush_recordset()

    def _dms_apply(self, state):
        """Do what follows from the decision; to be extended."""

    def _dms_answer(self, changed):
        unchanged = self - changed
        sentences = []
        if changed:
            sentences.append(self.env._("Done: %(count)s.", count=len(changed)))
        if unchanged:
            numbers = ", ".join(unchanged.mapped("number"))
            sentences.append(
                self.env._(
                    "Was decided so already, nothing changed: %(numbers)s.",
                    numbers=numbers,
                )
            )
        return {
            "changed": changed.ids,
            "unchanged": unchanged.ids,
            "message": " ".join(sentences),
        }
