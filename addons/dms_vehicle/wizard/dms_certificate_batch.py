from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.dms_certificate_states import HOLDER_KINDS
from .chosen import chosen
from .halves import do_in_halves


class DmsCertificateBatch(models.TransientModel):
    """One step for several certificates: what is possible is done, the rest returns."""

    _name = "dms.certificate.batch"
    _description = "Certificates: Hand Over or Request Release"

    purpose = fields.Selection(
        [("handover", "Hand Over"), ("release", "Request Release")],
        required=True,
        default="release",
    )
    certificate_ids = fields.Many2many(
        "dms.certificate",
        string="Certificates",
        default=lambda self: chosen(self.env, "dms.certificate"),
    )
    note = fields.Char("Reason")
    receipt = fields.Char(
        "Deposit Receipt", help="The payment by which the loans were repaid."
    )
    to_kind = fields.Selection(HOLDER_KINDS, "To", default="store")
    to_safe_id = fields.Many2one("dms.certificate.safe", "Safe")
    store_ids = fields.Many2many("res.partner", compute="_compute_store_ids")
    to_store_id = fields.Many2one(
        "res.partner",
        "Other Store",
        domain="[('id', 'in', store_ids)]",
        help="Leave empty unless the paper goes to another store of the group.",
    )
    to_customer_id = fields.Many2one("res.partner", "Customer")
    is_loan = fields.Boolean("Lent by the Bank")
    carrier = fields.Char()
    tracking = fields.Char("Tracking No.")
    due_date = fields.Date("Due")
    photo = fields.Image(max_width=1920, max_height=1920)
    is_done = fields.Boolean(readonly=True)
    accepted = fields.Integer("Done", readonly=True)
    rejected = fields.Integer("Not Possible", readonly=True)
    problems = fields.Text("Reasons", readonly=True)

    @api.depends("certificate_ids")
    def _compute_store_ids(self):
        for batch in self:
            sisters = batch.certificate_ids.company_id._dms_sister_stores()
            batch.store_ids = sisters.partner_id

    def action_apply(self):
        """Do it for each certificate, and keep those it is not possible for."""
        self.ensure_one()
        if not self.certificate_ids:
            raise UserError(self.env._("Choose at least one certificate."))
        problems = do_in_halves(self.env, self.certificate_ids, self._make)
        self.write(
            {
                "is_done": True,
                "accepted": len(self.certificate_ids) - len(problems),
                "rejected": len(problems),
                "problems": "\n".join(reason for _paper, reason in problems),
                "certificate_ids": [Command.set([paper.id for paper, _ in problems])],
            }
        )
        return self.env["dms.certificate"]._action_new(self._name) | {"res_id": self.id}

    def _make(self, papers):
        if self.purpose == "release":
            vals = {"note": self.note, "receipt": self.receipt}
            model = "dms.certificate.release"
        else:
            vals, model = self._prepare_handover(), "dms.certificate.handover"
        self.env[model].create(
            [vals | {"certificate_id": paper.id} for paper in papers]
        )

    def _prepare_handover(self):
        partner = {"store": self.to_store_id, "customer": self.to_customer_id}
        vals = {
            "note": self.note,
            "to_kind": self.to_kind,
            "to_safe_id": self.to_safe_id.id,
            "to_partner_id": partner.get(self.to_kind, self.env["res.partner"]).id,
            "is_loan": self.is_loan,
            "carrier": self.carrier,
            "tracking": self.tracking,
            "photo": self.photo,
        }
        return vals | ({"due_date": self.due_date} if self.due_date else {})
