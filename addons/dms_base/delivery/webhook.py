"""Events for whoever subscribed to them."""

from .exchange import Message, Request
from .http_json import KIND
from .keys import canonical_json
from .registry import Provider, register
from .signature import KEY


@register("webhook", "Webhook subscription")
class Webhook(Provider):
    """Posts the event as it was published; see docs/connectors.md."""

    def request(self, message: Message, endpoint: str) -> Request:
        headers = {
            "Content-Type": "application/json",
            KIND: message.kind,
            KEY: message.key,
        }
        body = canonical_json(message.payload)
        return Request("POST", endpoint, headers, body, message.key)
