from odoo import fields, models
from odoo.exceptions import UserError

from ..custody import pasted_lines
from ..models.dms_certificate_states import CERTIFICATE_KINDS
from ..vin import normalise


class DmsCertificateEnter(models.TransientModel):
    """Certificates typed, scanned or pasted: VIN and number, one per line."""

    _name = "dms.certificate.enter"
    _description = "Enter Certificates"

    text = fields.Text(
        "VIN and Certificate No.", help="One per line: the VIN, then the number."
    )
    kind = fields.Selection(CERTIFICATE_KINDS, required=True, default="domestic")
    lender_id = fields.Many2one(
        "res.partner",
        "Pledged to",
        domain=[("is_company", "=", True)],
        help="The bank that lent on these cars; empty for cars that are paid.",
    )
    reference = fields.Char("Loan", help="Number of the bill that paid for the cars.")
    is_sent = fields.Boolean(
        "On Their Way",
        default=True,
        help="They come to the store, or go to the bank; somebody else confirms that.",
    )
    tracking = fields.Char("Tracking No.")
    is_done = fields.Boolean(readonly=True)
    accepted = fields.Integer("Entered", readonly=True)
    rejected = fields.Integer("Not Possible", readonly=True)
    problems = fields.Text("Reasons", readonly=True)

    def action_apply(self):
        """Enter the good lines; the bad ones stay with their reasons."""
        self.ensure_one()
        lines = list(pasted_lines(self.text))
        if not lines:
            raise UserError(self.env._("Enter at least one line."))
        tried = [(line, self._try(line)) for line in lines]
        bad = [(line, reason) for line, reason in tried if reason]
        self.write(
            {
                "is_done": True,
                "accepted": len(lines) - len(bad),
                "rejected": len(bad),
                "problems": "\n".join(f"{line.number}: {why}" for line, why in bad),
                "text": "\n".join(f"{line.vin} {line.paper}" for line, _why in bad),
            }
        )
        return self.env["dms.certificate"]._action_new(self._name) | {"res_id": self.id}

    def _try(self, line):
        """:return: why a line cannot be entered, False if it was"""
        try:
            with self.env.cr.savepoint():
                self._make(line)
        except UserError as error:
            return str(error)
        return False

    def _make(self, line):
        paper = self.env["dms.certificate"].create(
            {
                "vehicle_id": self._car(line.vin).id,
                "number": line.paper,
                "kind": self.kind,
            }
        )
        if self.lender_id:
            self.env["dms.certificate.pledge"].create(
                {
                    "certificate_id": paper.id,
                    "lender_id": self.lender_id.id,
                    "reference": self.reference,
                }
            )
        if self.is_sent:
            self.env["dms.certificate.handover"].create(
                {
                    "certificate_id": paper.id,
                    "to_kind": "bank" if self.lender_id else "store",
                    "tracking": self.tracking,
                }
            )

    def _car(self, vin):
        car = self.env["dms.vehicle"].search([("vin", "=", normalise(vin))])
        if not car:
            raise UserError(
                self.env._(
                    "%(vin)s: no car of this store has this VIN.",
                    vin=vin or self.env._("No VIN"),
                )
            )
        return car
