from odoo import fields, models
from odoo.exceptions import UserError

from ..custody import pasted_lines
from ..models.dms_certificate_states import CERTIFICATE_KINDS
from ..vin import normalise
from .halves import do_in_halves


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
        bad = do_in_halves(self.env, lines, self._make)
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

    def _make(self, lines):
        cars = self._cars(lines)
        papers = self.env["dms.certificate"].create(
            [
                {
                    "vehicle_id": cars[normalise(line.vin)].id,
                    "number": line.paper,
                    "kind": self.kind,
                }
                for line in lines
            ]
        )
        if self.lender_id:
            self._pledge(papers)
        if self.is_sent:
            self._send(papers)

    def _pledge(self, papers):
        """Cars that a lender pays for may be pledged to him by now."""
        loan = {"lender_id": self.lender_id.id, "reference": self.reference}
        free = papers.filtered(lambda paper: not paper.lender_id)
        self.env["dms.certificate.pledge"].create(
            [loan | {"certificate_id": paper.id} for paper in free]
        )

    def _send(self, papers):
        self.env["dms.certificate.handover"].create(
            [
                {
                    "certificate_id": paper.id,
                    "to_kind": "bank" if paper.lender_id else "store",
                    "tracking": self.tracking,
                }
                for paper in papers
            ]
        )

    def _cars(self, lines):
        """:return: dict of VIN to car
        :raise UserError: names the first VIN that is no car of this store
        """
        vins = [normalise(line.vin) for line in lines]
        found = self.env["dms.vehicle"].search([("vin", "in", vins)])
        cars = {car.vin: car for car in found}
        for line, vin in zip(lines, vins, strict=True):
            if vin not in cars:
                raise UserError(
                    self.env._(
                        "%(vin)s: no car of this store has this VIN.",
                        vin=line.vin or self.env._("No VIN"),
                    )
                )
        return cars
