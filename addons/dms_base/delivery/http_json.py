"""The plain case: a message is posted as JSON, the status says how it went."""

import json
from collections.abc import Mapping

from .exchange import Incoming, Malformed, Message, Request
from .keys import canonical_json
from .registry import Provider, register
from .signature import KEY

KIND = "DMS-Kind"


@register("http_json", "JSON over HTTP")
class HttpJson(Provider):
    """Posts ``{"kind": …, "data": …}``, and ``account`` if the connector has one."""

    def request(self, message: Message, endpoint: str) -> Request:
        body = {"kind": message.kind, "data": message.payload}
        if message.account:
            body["account"] = message.account
        headers = {
            "Content-Type": "application/json",
            KIND: message.kind,
            KEY: message.key,
        }
        return Request("POST", endpoint, headers, canonical_json(body), message.key)

    def incoming(self, headers: Mapping[str, str], body: bytes) -> Incoming:
        """The same format the other way round."""
        try:
            content = json.loads(body)
        except ValueError as error:
            raise Malformed(f"the body is not JSON: {error}") from error
        if not isinstance(content, dict) or not _is_kind(content.get("kind")):
            raise Malformed('the body must be an object with a text "kind"')
        return Incoming(content["kind"], content.get("data"), headers[KEY])


def _is_kind(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 100
