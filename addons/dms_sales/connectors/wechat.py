"""WeChat official accounts: answers of staff go out, images of customers come in."""

import json
from typing import Any

from odoo.addons.dms_base.delivery import (
    Answer,
    Message,
    Outcome,
    Provider,
    Request,
    Verdict,
    register,
)

from ..wechat import LATER, STALE, errcode, reason, reply

PROVIDER = "wechat"
SAY, MEDIA = "wechat.answer", "wechat.media"
HOST = "https://api.weixin.qq.com"


@register(PROVIDER, "WeChat official account")
class WeChat(Provider):
    """The token of access is added by the client, see ``wechat_client``.

    Customers' messages come by an address of their own, since the platform signs in its
    own way; from there on they are messages of the inbox like all others.
    """

    def request(self, message: Message, endpoint: str) -> Request:
        payload, host = message.payload, endpoint.rstrip("/")
        if message.kind == MEDIA:
            url = f"{host}/cgi-bin/media/get?media_id={payload['media_id']}"
            return Request("GET", url, key=message.key)
        content = reply(payload["open_id"], payload["text"])
        # the platform shows escaped characters as they are escaped
        body = json.dumps(content, ensure_ascii=False).encode()
        url = f"{host}/cgi-bin/message/custom/send"
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return Request("POST", url, headers, body, message.key)

    def verdict(self, answer: Answer, now: float) -> Verdict:
        """A refusal comes with HTTP 200."""
        verdict, code = super().verdict(answer, now), errcode(answer.body)
        if verdict.outcome is not Outcome.DELIVERED or not code:
            return verdict
        again = code in LATER or code in STALE
        kind = Outcome.RETRY if again else Outcome.PERMANENT
        return Verdict(kind, reason(answer.body))

    def probe(self, endpoint: str) -> Request:
        """Asks for the addresses the platform calls from."""
        return Request("GET", f"{endpoint.rstrip('/')}/cgi-bin/get_api_domain_ip")

    def delivered(self, message: Any, answer: Answer) -> None:
        lead = message.env["crm.lead"].browse(message.res_id).exists()
        if lead and message.kind == MEDIA:
            lead._dms_wechat_keep(message._data()["media_id"], answer)

    def given_up(self, message: Any) -> None:
        lead = message.env["crm.lead"].browse(message.res_id).exists()
        if lead and message.kind == SAY:
            lead._dms_wechat_not_there(message)

    def receive(self, message: Any) -> dict:
        leads = message.env["crm.lead"]
        return leads._dms_take_wechat(message.connector_id, message._data())
