"""What a connector to a WeChat official account needs beside what all have."""

import secrets

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.dms_base import delivery
from odoo.addons.dms_base.fields import Encrypted

from ..connectors.wechat import HOST, PROVIDER
from ..connectors.wechat_client import WeChatClient
from ..wechat import Envelope, WeChatError

MASK = "********"
LARGEST_IMAGE = 10_000_000


class DmsConnector(models.Model):
    _inherit = "dms.connector"

    wechat_secret = Encrypted(
        "AppSecret",
        index=False,
        mask=lambda value: MASK,
        help="From the platform, page Basic Configuration.",
    )
    wechat_key = Encrypted(
        "EncodingAESKey",
        index=False,
        mask=lambda value: MASK,
        normalise="_normalise_wechat_key",
        help="From the platform, for safe mode: what comes is encrypted. Without it the"
        " account is in plain mode.",
    )

    @api.constrains("provider", "may_repeat")
    def _check_wechat_repeats(self):
        if self.filtered(lambda one: one.provider == PROVIDER and one.may_repeat):
            raise ValidationError(
                self.env._(
                    "WeChat does not recognise repeated messages: switch off Repeats"
                    " Are Safe, or customers may read an answer twice."
                )
            )

    @api.onchange("provider")
    def _onchange_provider_wechat(self):
        if self.provider == PROVIDER:
            self.may_repeat, self.auth_kind = False, "none"
            self.endpoint = self.endpoint or HOST
            self.code = self.code or PROVIDER

    @api.model
    def _normalise_wechat_key(self, value):
        try:
            Envelope(value.strip(), "")
        except WeChatError as error:
            raise ValidationError(
                self.env._(
                    "An EncodingAESKey has 43 letters and digits: copy it from the"
                    " platform."
                )
            ) from error
        return value.strip()

    @api.model
    def _provider_label(self, cls):
        labels = {
            "wechat": self.env._("WeChat official account"),
            "adf": self.env._("Lead site (ADF 1.0)"),
            "digital_invoice": self.env._("Digital motor invoices"),
            "sms_cn": self.env._("SMS gateway (China)"),
        }
        return labels.get(cls.name) or super()._provider_label(cls)

    @api.depends("provider", "account", "wechat_secret")
    def _compute_missing_credentials(self):
        res = super()._compute_missing_credentials()
        for record in self.filtered(lambda one: one.provider == PROVIDER):
            needed = ("account", "wechat_secret")
            names = [self._label(name) for name in needed if not record[name]]
            missing = filter(None, [record.missing_credentials, *names])
            record.missing_credentials = ", ".join(missing)
        return res

    @api.depends("provider")
    def _compute_hook_url(self):
        res = super()._compute_hook_url()
        base = self.browse().get_base_url()
        for record in self.filtered(lambda one: one.provider == PROVIDER):
            token = record.hook_token
            record.hook_url = token and f"{base}/dms/wechat/{token}"
        return res

    def _dms_make_hook_secret(self):
        """The platform's form takes 3 to 32 letters and digits as its Token."""
        if self.provider == PROVIDER:
            return secrets.token_hex(16)
        return super()._dms_make_hook_secret()

    @api.model
    def _dms_shown_secrets(self):
        return super()._dms_shown_secrets() | {"wechat_secret"}

    def _dms_client(self, limits=None):
        if self.provider != PROVIDER:
            return super()._dms_client(limits)
        patience = self.timeout_s
        limits = limits or delivery.Limits(
            read_s=patience, total_s=patience, answer_bytes=LARGEST_IMAGE
        )
        return WeChatClient(
            super()._dms_client(limits),
            self.account,
            self._dms_unsealed("wechat_secret"),
            self.endpoint,
        )

    def _dms_wechat_envelope(self):
        """:return: what opens callbacks, None in plain mode"""
        self.ensure_one()
        key = self.wechat_key and self._dms_unsealed("wechat_key")
        return Envelope(key, self.account or "") if key else None
