"""A maker's dealer interface that accepts every message and gives it a number."""

import json
from typing import Any

from .ledger import Received, Reply
from .registry import register
from .server import Simulator


@register("oem_echo")
class OemEcho(Simulator):
    """Speaks the format of the provider ``http_json``; the effect is the data."""

    title = "OEM echo"

    def accept(self, received: Received) -> tuple[Any, Reply]:
        content = json.loads(received.body)
        number = f"OEM-{len(self.ledger.effects) + 1:06}"
        return content.get("data"), Reply(200, {"number": number, "echo": content})
