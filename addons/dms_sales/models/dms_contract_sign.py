"""The customer's signature: drawn on the phone, with a code sent to it."""

import base64
import binascii
import hashlib
import re

from odoo import fields, models
from odoo.exceptions import UserError

from ..seal import Box, SealError, draw
from ..seal.draw import is_blank
from .dms_contract_code import LIFE
from .sms_gateway import CODE

PLACE = Box(55, 590, 220, 80)
LARGEST_DRAWING = 500_000


class DmsContract(models.Model):
    _name = "dms.contract"
    _inherit = ["dms.contract"]

    # The code

    def _dms_send_code(self):
        """Have a code sent to the phone of the contract.

        :return: what the customer reads
        :raise UserError: too soon, or the store has no gateway
        """
        self._dms_check_signable()
        self._dms_claim()
        codes = self.env["dms.contract.code"].sudo()  # closed to everybody
        if wait := codes._dms_wait(self):
            raise UserError(
                self.env._(
                    "Another code can be sent in %(seconds)s seconds.",
                    seconds=int(wait) + 1,
                )
            )
        gateway = self.env["dms.connector"]._dms_find(CODE, self.company_id)
        if gateway.state not in ("active", "broken"):
            raise UserError(
                self.env._(
                    "The store cannot send codes right now: call your consultant."
                )
            )
        code = codes._dms_new(self)
        payload = {
            "mobile": self.phone,
            "template": "contract_code",
            "nonce": code.nonce,
        }
        gateway._dms_send("contract.code", payload, self)
        return self.env._(
            "A code was sent to %(phone)s. It holds for %(minutes)s minutes.",
            phone=self._dms_masked_phone(),
            minutes=int(LIFE.total_seconds() / 60),
        )

    def _dms_masked_phone(self):
        return re.sub(r"(\d{3})\d+(\d{4})$", r"\1****\2", self.phone or "")

    # The signature

    def _dms_customer_signs(self, drawing, code, consents, address):
        """Take the signature of the customer.

        A wrong code is answered, not raised: the try has to count.

        :param str drawing: picture in base64, perhaps as a data URL
        :param str code: as typed
        :param bool consents: to sign electronically, and to the terms pointed out
        :param str address: from where
        :return: what went wrong, in words; "" if it is signed
        """
        self.ensure_one()
        self._dms_claim()
        self._dms_check_signable()
        if not consents:
            return self.env._("Tick that you have read the contract and agree to it.")
        try:
            picture = self._dms_picture_of(drawing)
        except SealError:
            return self.env._("Draw your signature in the field.")
        # closed to everybody
        refused = self.env["dms.contract.code"].sudo()._dms_try(self, code)
        if refused:
            return self._dms_code_text(refused)
        self._dms_take_signature(picture, address)
        return ""

    def _dms_check_signable(self):
        if self.state != "out":
            raise UserError(self._dms_why_not_signable())
        if self._dms_is_outdated():
            raise UserError(
                self.env._(
                    "The offer has changed since: your consultant will send you a new "
                    "version."
                )
            )

    def _dms_why_not_signable(self):
        if self.state in ("customer", "signed"):
            return self.env._("You have signed this contract already.")
        return self.env._("This contract no longer holds: ask your consultant.")

    def _dms_picture_of(self, drawing):
        if not drawing or len(drawing) > LARGEST_DRAWING:
            raise SealError("drawing")
        try:
            picture = base64.b64decode(drawing.rpartition(",")[2], validate=True)
        except (binascii.Error, ValueError):
            raise SealError("drawing") from None
        if is_blank(picture):
            raise SealError("drawing")
        return picture

    def _dms_code_text(self, code):
        return {
            "none": self.env._("Have a code sent to your phone first."),
            "expired": self.env._("The code is older than ten minutes: get a new one."),
            "tries": self.env._("Too many wrong codes: get a new one."),
            "wrong": self.env._("This is not the code that was sent."),
        }[code]

    def _dms_take_signature(self, picture, address):
        now = fields.Datetime.now()
        words = (
            f"{now:%Y-%m-%d %H:%M} UTC, code sent to {self._dms_masked_phone()}\n"
            f"{self._dms_number()}"
        )
        signed = draw(self._dms_kept("pdf", "pdf_digest"), picture, PLACE, words)
        digest = hashlib.sha256(signed).hexdigest()
        self.sudo().write(
            {
                "customer_signed_at": now,
                "pdf_signed": base64.b64encode(signed),
                "signed_digest": digest,
            }
        )
        salted = f"{self.access_token}{address}".encode()
        self._dms_log(
            "contract.signed",
            customer=self._dms_pseudonym(),
            file=digest,
            drawing=hashlib.sha256(picture).hexdigest(),
            address=hashlib.sha256(salted).hexdigest(),
            method="sms_code",
        )
        self.sudo().message_post(
            body=self.env._("The customer has signed."), author_id=self.partner_id.id
        )
        self.env.ref("dms_sales.ir_cron_contract_seal").sudo()._trigger()
