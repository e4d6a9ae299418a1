from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..delivery import AUTH_KINDS, Credentials
from ..fields import Encrypted

MASK = "********"
PLAIN = ("username", "certificate", "authority")
SECRETS = ("secret", "token", "password", "private_key")


class DmsCredentialsMixin(models.AbstractModel):
    """How a connector shows who it is. Its secrets are written and never read."""

    _name = "dms.credentials.mixin"
    _description = "Credentials"

    auth_kind = fields.Selection(
        selection=lambda self: self._selection_auth_kind(),
        string="Authentication",
        required=True,
        default="hmac",
        help="How the other side knows that a message is from us.",
    )
    secret = Encrypted(
        "Shared secret",
        index=False,
        mask=lambda value: MASK,
        help="Signs what we send (HMAC-SHA256). Both sides know it.",
    )
    token = Encrypted("Bearer token", index=False, mask=lambda value: MASK)
    username = fields.Char("User name")
    password = Encrypted(index=False, mask=lambda value: MASK)
    certificate = fields.Text(
        "Our certificate", help="PEM, with the intermediate certificates."
    )
    private_key = Encrypted(
        index=False,
        mask=lambda value: MASK,
        help="PEM, without a password: it is encrypted here.",
    )
    authority = fields.Text(
        "Their authority",
        help="PEM of the authority that signed the certificate of the other side, if "
        "it is not a public one. Then it is the only one that is trusted.",
    )
    missing_credentials = fields.Char("Missing", compute="_compute_missing_credentials")

    @api.model
    def _selection_auth_kind(self):
        labels = {
            "none": self.env._("None"),
            "hmac": self.env._("Signature (HMAC)"),
            "bearer": self.env._("Bearer token"),
            "basic": self.env._("User name and password"),
            "mtls": self.env._("Client certificate (mTLS)"),
        }
        return [(kind, labels[kind]) for kind in AUTH_KINDS]

    @api.depends("auth_kind", *PLAIN, *SECRETS)
    def _compute_missing_credentials(self):
        for record in self:
            shown = {name: record[name] or "" for name in (*PLAIN, *SECRETS)}
            missing = Credentials(record.auth_kind or "none", **shown).missing()
            record.missing_credentials = ", ".join(map(self._label, missing))

    @api.model
    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    def dms_reveal(self, field_name):
        """Refuse: secrets of programs are replaced, not read, whoever asks."""
        raise AccessError(
            self.env._("Secrets of connectors are never shown. Enter a new one.")
        )

    def _dms_credentials(self):
        """:return: ``delivery.Credentials`` in clear, for the call itself"""
        self.ensure_one()
        values = {name: self[name] or "" for name in PLAIN}
        values |= {name: self._dms_unsealed(name) or "" for name in SECRETS}
        return Credentials(self.auth_kind, **values)
