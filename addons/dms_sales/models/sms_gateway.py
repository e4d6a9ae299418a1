"""The connector to a gateway for text messages, as Chinese clouds offer them."""

import json

from odoo.addons.dms_base import delivery

from .dms_contract_code import code_of

PROVIDER = "sms_cn"
CODE = "sms"
LATER = ("isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "isp.RAM_PERMISSION_DENY")


@delivery.register(PROVIDER, "SMS gateway (China)")
class SmsGateway(delivery.Provider):
    """Sends ``{"mobile", "template", "nonce"}``, or ``params`` in place of ``nonce``;
    our number is the sign of the company.

    A code is computed while the message leaves: no message kept here shows one.
    """

    def request(self, message, endpoint):
        payload = message.payload
        body = {
            "PhoneNumbers": payload["mobile"],
            "SignName": message.account,
            "TemplateCode": payload["template"],
            "TemplateParam": json.dumps(_params(payload), ensure_ascii=False),
        }
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.key}
        content = json.dumps(body, ensure_ascii=False).encode()
        return delivery.Request("POST", endpoint, headers, content, message.key)

    def verdict(self, answer, now):
        verdict = super().verdict(answer, now)
        if verdict.outcome is not delivery.Outcome.DELIVERED:
            return verdict
        try:
            code = json.loads(answer.body)["Code"]
        except (ValueError, KeyError, TypeError):
            return delivery.Verdict(
                delivery.Outcome.PERMANENT, "no answer of a gateway"
            )
        if code == "OK":
            return verdict
        kind = delivery.Outcome.RETRY if code in LATER else delivery.Outcome.PERMANENT
        return delivery.Verdict(kind, code)


def _params(payload):
    return payload.get("params") or {"code": code_of(payload["nonce"])}
