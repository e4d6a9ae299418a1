import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..fields import Encrypted
from .dms_credentials_mixin import MASK

OLD_SECRET_LIVES = timedelta(hours=24)


class DmsHookMixin(models.AbstractModel):
    """Where the other side calls us: the token is an address, the secret signs."""

    _name = "dms.hook.mixin"
    _description = "Hook"

    hook_token = fields.Char(readonly=True, copy=False)
    hook_secret = Encrypted(index=False, mask=lambda value: MASK)
    hook_old_secret = Encrypted(index=False, mask=lambda value: MASK)
    hook_old_secret_until = fields.Datetime(
        "Old secret valid until", readonly=True, copy=False
    )
    hook_url = fields.Char(
        "Address of the hook",
        compute="_compute_hook_url",
        help="Where the other side sends its messages, signed with the secret of the "
        "hook.",
    )

    @api.depends("hook_token")
    def _compute_hook_url(self):
        base = self.browse().get_base_url()
        for record in self:
            token = record.hook_token
            record.hook_url = token and f"{base}/dms/hook/{token}"

    def action_new_hook_secret(self):
        """Make a new secret and show it, once; the old one stays good for a day."""
        self.ensure_one()
        self.check_access("write")
        secret = self._dms_new_hook_secret()
        return self.env["dms.secret.show"]._dms_show(secret)

    def _dms_new_hook_secret(self):
        secret = self._dms_make_hook_secret()
        vals = {"hook_secret": secret}
        if not self.hook_token:
            vals["hook_token"] = secrets.token_urlsafe(24)
        if self.hook_secret:
            vals["hook_old_secret"] = self._dms_unsealed("hook_secret")
            vals["hook_old_secret_until"] = fields.Datetime.now() + OLD_SECRET_LIVES
        self.write(vals)
        return secret

    def _dms_make_hook_secret(self):
        """:return: a new one, as the other side can take it"""
        return secrets.token_urlsafe(32)

    def _dms_hook_secrets(self):
        """:return: the secrets that are good now, in clear, to check signatures"""
        self.ensure_one()
        now = fields.Datetime.now()
        old_is_good = self.hook_old_secret_until and self.hook_old_secret_until > now
        names = ["hook_secret", *(["hook_old_secret"] if old_is_good else [])]
        return [self._dms_unsealed(name) for name in names if self[name]]
