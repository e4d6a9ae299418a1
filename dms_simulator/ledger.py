"""What a simulator got, and what came of it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request as it came in, whether or not it was accepted.

    :param caller: address and port; the same on a connection that is kept
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    caller: str = ""
    client_certificate: str = ""

    def header(self, name: str) -> str:
        """:return: the value, whatever the spelling of the name; "" without"""
        wanted = name.lower()
        return next((v for k, v in self.headers.items() if k.lower() == wanted), "")


@dataclass(frozen=True)
class Reply:
    """:param content: a JSON value, or bytes of the ``kind`` named"""

    status: int
    content: Any = None
    kind: str = "application/json"


class Ledger:
    """Requests in the order of arrival; one effect per idempotency key."""

    def __init__(self):
        self.received: list[Received] = []
        self.effects: list[Any] = []
        self._replies: dict[str, Reply] = {}
        self._lock = threading.Lock()

    def note(self, received: Received) -> None:
        with self._lock:
            self.received.append(received)

    def once(self, key: str, act: Callable[[], tuple[Any, Reply]]) -> Reply:
        """Act on the first request with ``key``; repeat its reply to all others.

        :param act: returns the effect and the reply
        """
        with self._lock:
            if key not in self._replies:
                effect, self._replies[key] = act()
                self.effects.append(effect)
            return self._replies[key]
