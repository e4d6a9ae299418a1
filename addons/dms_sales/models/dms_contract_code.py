import hashlib
import hmac
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq

from odoo.addons.dms_base import keydir

KEY_FILE = "contract-codes.key"
DIGITS = 6
LIFE = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)
MOST_TRIES = 5
MOST_AN_HOUR = 5


def code_of(nonce):
    """:return: the code that belongs to a nonce, for the key in the key folder

    The database holds nonces only: who reads it learns no code, and there is no digest
    that could be tried out.
    """
    key = keydir.read(KEY_FILE)
    if not key:
        keydir.create(KEY_FILE, secrets.token_bytes(32))
        key = keydir.read(KEY_FILE)
    value = hmac.new(key, nonce.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(value[:8]) % 10**DIGITS:0{DIGITS}}"


class DmsContractCode(models.Model):
    """A code sent to a customer's phone: it lives ten minutes and is used once."""

    _name = "dms.contract.code"
    _description = "Code for a Signature"
    _inherit = ["dms.store.mixin"]
    _order = "id desc"
    _rec_name = "contract_id"
    _dms_audit = False  # each attempt is a row already

    contract_id = fields.Many2one(
        "dms.contract", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    nonce = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    sent_at = fields.Datetime(required=True, readonly=True)
    tries = fields.Integer(readonly=True)
    used_at = fields.Datetime(readonly=True)

    @api.model
    def _dms_wait(self, contract):
        """:return: seconds until another code may be sent, 0 for now"""
        now = fields.Datetime.now()
        hour = now - timedelta(hours=1)
        recent = self.search(
            [("contract_id", "=", contract.id), ("sent_at", ">", hour)], order="id"
        )
        if len(recent) >= MOST_AN_HOUR:
            return (recent[0].sent_at + timedelta(hours=1) - now).total_seconds()
        if recent:
            return max((recent[-1].sent_at + PAUSE - now).total_seconds(), 0)
        return 0

    @api.model
    def _dms_new(self, contract):
        """:return: a code for the phone of a contract; those before it end"""
        return self.create(
            {
                "contract_id": contract.id,
                "nonce": secrets.token_hex(16),
                "sent_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _dms_try(self, contract, typed):
        """Use up a try; the caller has claimed the contract.

        :return: "" if the code is right, else ``none``, ``expired``, ``tries``,
            ``wrong``
        """
        last = self.search([("contract_id", "=", contract.id)], limit=1)
        if not last or last.used_at:
            return "none"
        if last.sent_at + LIFE <= fields.Datetime.now():
            return "expired"
        if last.tries >= MOST_TRIES:
            return "tries"
        last.tries += 1
        if not consteq(code_of(last.nonce), (typed or "").strip()):
            return "wrong"
        last.used_at = fields.Datetime.now()
        return ""

    @api.autovacuum
    def _gc_codes(self):
        old = fields.Datetime.now() - timedelta(days=7)
        self.search([("sent_at", "<", old)], limit=1_000).unlink()
