import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import binary_to_image

SMALLEST_STROKE = 200  # bytes of a picture that somebody has drawn into


class DmsDrive(models.Model):
    """The agreement that the driver signs on a phone before he gets the key."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    signature = fields.Image(
        "Driver's Signature",
        copy=False,
        attachment=True,
        max_width=1024,
        max_height=1024,
        readonly=True,
    )
    signed_by = fields.Char("Signed by", readonly=True, copy=False)
    signed_at = fields.Datetime("Signed on", readonly=True, copy=False)
    agreement_id = fields.Many2one(
        "ir.attachment", "Signed Agreement", readonly=True, copy=False
    )
    agreement_sha256 = fields.Char("Fingerprint", readonly=True, copy=False)
    portal_link = fields.Char("Link for the Driver", compute="_compute_portal_link")

    def _compute_portal_link(self):
        for drive in self:
            may = drive.id and drive.has_access("write")
            drive.portal_link = may and drive.get_base_url() + drive.get_portal_url()

    def _dms_may_sign(self):
        """:return: whether the agreement is to be signed now"""
        self.ensure_one()
        return (
            self.state == "booked"
            and self.kind != "blocked"
            and bool(self.partner_id)
            and not self.signed_at
        )

    def _dms_sign(self, name, signature, address=""):
        """Keep a drawn signature, and the agreement as it was signed.

        The hash of the PDF goes into the log, so that nobody can exchange it later.

        :param str name: of who signs
        :param signature: picture, base64
        :param str address: from where, for the record
        :raise UserError: if there is nothing to sign, or no signature
        """
        self.ensure_one()
        self._dms_claim()
        if not self._dms_may_sign():
            raise UserError(self.env._("This agreement is not open for a signature."))
        if not (name or "").strip():
            raise UserError(self.env._("Write your name."))
        self.write(
            {
                "signature": self._dms_checked_signature(signature),
                "signed_by": name.strip(),
                "signed_at": fields.Datetime.now(),
            }
        )
        self._dms_keep_agreement()
        self.message_post(
            body=self.env._(
                "%(name)s has signed the agreement (from %(address)s).",
                name=name.strip(),
                address=address or "-",
            )
        )

    @api.model
    def _dms_checked_signature(self, signature):
        try:
            raw = base64.b64decode(signature or "", validate=True)
            if len(raw) < SMALLEST_STROKE:
                raise ValueError(len(raw))
            binary_to_image(raw).verify()
        except (UserError, ValueError, OSError, SyntaxError, binascii.Error) as error:
            raise UserError(self.env._("Please sign with your finger.")) from error
        return signature

    def _dms_print_agreement(self):
        """:return: the ``ir.attachment`` with the agreement as it reads now"""
        reports = self.env["ir.actions.report"]
        pdf, kind = reports._render(
            "dms_vehicle.drive_agreement", self.ids, data={"report_type": "pdf"}
        )
        return self.env["ir.attachment"].create(
            {
                "name": f"{self.name}.{kind}",
                "raw": pdf,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _dms_keep_agreement(self):
        file = self._dms_print_agreement()
        digest = hashlib.sha256(file.raw).hexdigest()
        self.write({"agreement_id": file.id, "agreement_sha256": digest})
        self.vehicle_id._dms_record(
            "vehicle.drive_signed",
            document=self,
            facts={"agreement": digest},
            person=self.partner_id,
        )

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.partner_id and not self.signed_at:
            text = self.env._(
                "The driver signs the agreement: open his link, or show him the code."
            )
            missing.append(
                self._dms_blocker("agreement", text, self.partner_id.name, None)
            )
        return missing

    def write(self, vals):
        """Who signed for one car, time and person signs again for another."""
        changed = {"vehicle_id", "partner_id", "kind"} & vals.keys()
        if changed and (signed := self.filtered(lambda one: one.signed_at)):
            # a signature is written by the customer only, and taken away only here
            signed.sudo().write(
                {
                    "signature": False,
                    "signed_by": False,
                    "signed_at": False,
                    "agreement_id": False,
                    "agreement_sha256": False,
                }
            )
        return super().write(vals)

    def action_open_portal(self):
        """Open what the driver sees, to let him sign on this screen."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_url",
            "url": self.get_portal_url(),
            "target": "new",
        }


class IrAttachment(models.Model):
    """A signed agreement stays as it is."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment"]

    def _dms_check_evidence(self):
        res = super()._dms_check_evidence()
        mine = self.filtered(lambda file: file.res_model == "dms.drive")
        # to find out, whoever asks
        drives = self.env["dms.drive"].sudo()
        if mine and drives.search_count([("agreement_id", "in", mine.ids)], limit=1):
            raise UserError(
                self.env._(
                    "A signed agreement stays as it is: cancel the drive and book"
                    " another."
                )
            )
        return res
