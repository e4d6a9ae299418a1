import hashlib
import secrets
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..custody import seal
from .dms_certificate_states import DOCUMENT_STATES

# columns that nobody changes once somebody has decided
DECIDED = (
    "certificate_id",
    "number",
    "vin",
    "state",
    "bank_id",
    "asked_by_id",
    "asked_at",
    "asked_side",
    "decided_by_id",
    "decided_at",
    "decision_note",
    "salt",
    "digest",
)


class DmsCertificateDocument(models.AbstractModel):
    """A step that one person asks for and another decides.

    Where a bank takes part, one of the two is the bank, by its own login. What was
    decided is recorded in the log in the same transaction, and PostgreSQL refuses to
    change it. The log holds a digest; with the salt kept here it proves the document.
    """

    _name = "dms.certificate.document"
    _description = "Step under Dual Control"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "number"

    certificate_id = fields.Many2one(
        "dms.certificate", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, ondelete="restrict")
    number = fields.Char("Certificate No.", readonly=True)
    vin = fields.Char("VIN", readonly=True)
    bank_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    state = fields.Selection(
        DOCUMENT_STATES, required=True, default="waiting", readonly=True, copy=False
    )
    note = fields.Char("Reason")
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False)
    asked_at = fields.Datetime("Asked", readonly=True, copy=False)
    asked_side = fields.Selection(
        [("store", "Store"), ("bank", "Bank")], readonly=True, copy=False
    )
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    decided_at = fields.Datetime("Decided", readonly=True, copy=False)
    decision_note = fields.Char("Remark", readonly=True, copy=False)
    photo = fields.Image(max_width=1920, max_height=1920, copy=False)
    proof = fields.Binary(
        "Scan or Letter",
        copy=False,
        help="Needed from a bank that has no login here: its letter or receipt.",
    )
    proof_name = fields.Char("File Name", copy=False)
    salt = fields.Char(readonly=True, copy=False)
    digest = fields.Char(
        readonly=True, copy=False, help="What the log holds instead of the document."
    )
    event_id = fields.Many2one("dms.vehicle.event", "In the Log", readonly=True)
    may_decide = fields.Boolean("I May Decide", compute="_compute_may_decide")
    bank_has_login = fields.Boolean(compute="_compute_bank_has_login")

    def init(self):
        result = super().init()
        if not self._abstract:
            self._dms_keep_decided()
        return result

    def _dms_keep_decided(self):
        """Let PostgreSQL refuse to change what was decided, whoever asks."""
        names = {
            "table": SQL.identifier(self._table),
            "trigger": SQL.identifier(f"{self._table}_decided"),
            "columns": SQL(", ").join(map(SQL.identifier, self._dms_decided_columns())),
        }
        self.env.cr.execute(
            SQL(
                "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;"
                "CREATE TRIGGER %(trigger)s BEFORE DELETE OR UPDATE OF %(columns)s"
                " ON %(table)s FOR EACH ROW WHEN (OLD.state <> 'waiting')"
                " EXECUTE FUNCTION dms_refuse_change();"
                "ALTER TABLE %(table)s ENABLE ALWAYS TRIGGER %(trigger)s",
                **names,
            )
        )

    @api.model
    def _dms_decided_columns(self):
        return DECIDED

    # Asking

    @api.model_create_multi
    def create(self, vals_list):
        certificates = self.env["dms.certificate"].browse(
            vals["certificate_id"] for vals in vals_list
        )
        certificates.check_access("read")
        prepared = [
            vals | self._prepare_asked(certificate)
            for vals, certificate in zip(vals_list, certificates, strict=True)
        ]
        return super().create(prepared)

    @api.model
    def _prepare_asked(self, certificate):
        return {
            "number": certificate.number,
            "vin": certificate.vin,
            "company_id": certificate.company_id.id,
            "state": "waiting",
            "asked_by_id": self.env.uid,
            "asked_at": fields.Datetime.now(),
            "asked_side": "bank" if self.env.user.share else "store",
            "decided_by_id": False,
            "decided_at": False,
            "salt": secrets.token_hex(16),
            "event_id": False,
        }

    def write(self, vals):
        self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        # the ORM's own steps, and those below after their checks
        if self.env.su:
            return
        self.check_access("write")
        if set(vals) - self._dms_editable() or self.filtered(
            lambda one: one.state != "waiting"
        ):
            raise UserError(
                self.env._("What is on its way is confirmed, refused or cancelled.")
            )

    @api.model
    def _dms_editable(self):
        return {"note", "photo", "proof", "proof_name"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Cancel it instead; what was asked stays visible."))

    # Deciding

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
        raise AccessError(self.env._("You do not handle this certificate."))

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
        if self.bank_id._dms_has_login():
            if side == self.asked_side:
                raise UserError(
                    self.env._(
                        "%(number)s: %(bank)s must decide this in its own login.",
                        number=self.number,
                        bank=self.bank_id.sudo().name,
                    )
                    if side == "store"
                    else self.env._(
                        "%(number)s: the store must decide this.", number=self.number
                    )
                )
        elif not self.proof:
            raise UserError(
                self.env._(
                    "%(bank)s has no login here: attach its letter or receipt to"
                    " %(number)s first.",
                    bank=self.bank_id.sudo().name,
                    number=self.number,
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

    def _dms_apply(self, state):
        """Do what follows from the decision; to be extended."""

    def _dms_answer(self, changed):
        unchanged = self - changed
        message = self.env._("Done: %(count)s.", count=len(changed))
        if unchanged:
            message = self.env._(
                "Was decided so already, nothing changed: %(numbers)s.",
                numbers=", ".join(unchanged.mapped("number")),
            )
        return {
            "changed": changed.ids,
            "unchanged": unchanged.ids,
            "message": message,
        }

    # The log

    def _dms_record_decision(self):
        # a bank that has released a certificate reads it no more
        documents = {one.certificate_id: one for one in self.sudo()}
        events = self.sudo().certificate_id._dms_log(
            documents, lambda document: document._dms_facts()
        )
        by_id = {event.res_id: event for event in events}
        for one in self.sudo():
            one.event_id = by_id[one.id]

    def _dms_facts(self):
        """Return what everybody may read in the log: no bank, no person."""
        return {"state": self.state, "document": self.digest}

    def _dms_seal(self, vals=()):
        """Return the digest of what this document says, or would with ``vals``."""
        self.ensure_one()
        names = self._dms_sealed_fields()
        said = {name: self[name] for name in names} | dict(vals)
        whole = self.with_context(bin_size=False)
        files = {name: _hash(whole[name]) for name in ("photo", "proof")}
        return seal(self.salt, {name: _plain(said[name]) for name in names} | files)

    @api.model
    def _dms_sealed_fields(self):
        hidden = {"salt", "digest"}
        return sorted(set(self._dms_decided_columns()) - hidden | {"note"})

    def action_check(self):
        """Prove that the document is the one the log knows."""
        self.ensure_one()
        if not self.event_id:
            raise UserError(self.env._("Nothing is recorded before it is decided."))
        body = self.event_id.sudo().body  # the log is public
        if self._dms_seal() != self.digest or self.digest not in body:
            raise UserError(
                self.env._("This document is not the one that was recorded.")
            )
        return self.event_id.sudo().action_check()

    @api.depends_context("uid")
    @api.depends("state", "asked_by_id")
    def _compute_may_decide(self):
        for one in self:
            one.may_decide = one.state == "waiting" and one.asked_by_id != self.env.user

    @api.depends("bank_id")
    def _compute_bank_has_login(self):
        for one in self:
            one.bank_has_login = bool(one.bank_id) and one.bank_id._dms_has_login()

    def _bank_row(self):
        """Return what the page of a bank shows of a document that waits for it."""
        known = self.sudo()  # its rule has shown it the document; fields chosen here
        return {
            "id": self.id,
            "number": self.number,
            "vin": self.vin,
            "store": known.company_id.name,
            "asked_at": known.asked_at,
            "note": self.note or "",
        }

    # Actions

    def action_accept(self):
        return self._dms_tell(self.accept())

    def action_cancel(self):
        return self._dms_tell(self.cancel())

    def _dms_tell(self, answer):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if answer["changed"] else "warning",
                "message": answer["message"],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_refuse(self):
        self.ensure_one()
        return self.certificate_id._action_new(
            "dms.certificate.refuse", res_model=self._name, res_id=self.id
        )


def _plain(value):
    if isinstance(value, models.BaseModel):
        return str(value.id or "")
    return str(value) if value else ""


def _hash(content):
    return hashlib.sha256(b64decode(content)).hexdigest() if content else ""
