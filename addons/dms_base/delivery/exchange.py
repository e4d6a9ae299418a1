"""What goes over the wire, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """What the business says.

    :param key: idempotency key, the same in every attempt
    :param account: our number with the other side, such as a dealer code
    """

    kind: str
    payload: Any
    key: str
    account: str = ""


@dataclass(frozen=True)
class Request:
    """:param headers: without those of authentication, which the client adds"""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    key: str = ""


@dataclass(frozen=True)
class Answer:
    """:param is_whole: False if the body was cut at the limit of size or time"""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool = True

    def text(self) -> str:
        """:return: the body, whatever its encoding, for people to read; of pictures
        and sound only how large they are"""
        headers = {name.lower(): value for name, value in self.headers.items()}
        kind = headers.get("content-type", "")
        if kind.startswith(("image/", "audio/", "video/")):
            return f"{kind}, {len(self.body)} bytes"
        return self.body.decode("utf-8", "replace").replace(
            "\0", "\N{REPLACEMENT CHARACTER}"
        )


@dataclass(frozen=True)
class Incoming:
    """A message that came in through a hook.

    :param key: the sender's id of the message; the same if he repeats himself
    """

    kind: str
    payload: Any
    key: str


class Malformed(ValueError):
    """What came in is not what was agreed on; the text says why."""


class NotSent(Exception):
    """The other side has not got the request."""


class NoAnswer(Exception):
    """The request may or may not have reached the other side."""
