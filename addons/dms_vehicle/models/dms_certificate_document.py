import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.models.notification import notification

from .dms_certificate_states import DOCUMENT_STATES


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
        kind = "success" if answer["changed"] else "warning"
        close = {"type": "ir.actions.act_window_close"}
        return notification(answer["message"], type=kind, next=close)

    def action_refuse(self):
        self.ensure_one()
        return self.certificate_id._action_new(
            "dms.certificate.refuse", res_model=self._name, res_id=self.id
        )
