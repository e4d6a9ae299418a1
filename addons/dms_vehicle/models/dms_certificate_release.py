from odoo import api, fields, models
from odoo.exceptions import UserError

from .dms_certificate_proof import DECIDED


class DmsCertificateRelease(models.Model):
    """A store asks a bank to give up its pledge on a certificate."""

    _name = "dms.certificate.release"
    _description = "Release Request"
    _inherit = ["dms.certificate.document"]

    pledge_id = fields.Many2one(
        "dms.certificate.pledge", readonly=True, index=True, ondelete="restrict"
    )
    receipt = fields.Char(
        "Deposit Receipt", help="The payment by which the loan on this car was repaid."
    )

    _one_at_a_time = models.UniqueIndex(
        "(certificate_id) WHERE state = 'waiting'",
        "The release of this certificate is requested already.",
    )

    @api.depends("number", "bank_id")
    def _compute_display_name(self):
        for one in self:
            # to name the bank, and nothing else of it
            one.display_name = f"{one.number} · {one.sudo().bank_id.name}"

    @api.model
    def _dms_decided_columns(self):
        return (*DECIDED, "pledge_id", "receipt")

    @api.model
    def _dms_editable(self):
        return super()._dms_editable() | {"receipt"}

    @api.model
    def _prepare_asked(self, certificate):
        if not certificate.pledge_id:
            raise UserError(
                self.env._(
                    "Certificate %(number)s is not pledged; there is nothing to"
                    " release.",
                    number=certificate.number,
                )
            )
        if certificate.release_id:
            raise UserError(
                self.env._(
                    "The release of certificate %(number)s is requested already.",
                    number=certificate.number,
                )
            )
        return super()._prepare_asked(certificate) | {
            "pledge_id": certificate.pledge_id.id,
            "bank_id": certificate.lender_id.id,
        }

    def refuse(self, note=""):
        """The bank keeps its pledge.

        :param str note: why; required
        """
        if not (note or "").strip():
            raise UserError(self.env._("Say why the release is refused."))
        return self._dms_decide("refused", note)

    def _dms_apply(self, state):
        if state == "accepted":
            # nobody ends a pledge but the bank, by this step
            pledges = self.sudo().pledge_id
            pledges.write({"ended_at": fields.Datetime.now()})
            # it may be pledged again at once, which its unique index must allow
            pledges.flush_recordset()

    def _dms_facts(self):
        status = "free" if self.state == "accepted" else "pledged"
        return super()._dms_facts() | {"step": "release", "status": status}

    def _bank_row(self):
        # the row goes to the bank of this pledge, which cannot read it otherwise
        pledge = self.sudo().pledge_id
        return super()._bank_row() | {
            "receipt": self.receipt or "",
            "loan": pledge.reference or "",
        }
