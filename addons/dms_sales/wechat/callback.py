"""From a callback to the message in it, or the reason why it is none."""

from collections.abc import Collection
from dataclasses import dataclass

from .envelope import Envelope
from .errors import WeChatError
from .messages import Incoming, read
from .signature import is_signed

WINDOW_S = 300


@dataclass(frozen=True, slots=True)
class Query:
    """What stands in the address of a callback."""

    signature: str = ""
    timestamp: str = ""
    nonce: str = ""
    msg_signature: str = ""


def check(query: Query, tokens: Collection[str], now: float) -> None:
    """See whether the platform calls, and calls now.

    :param tokens: those that are good, while one is being changed more than one
    :raise WeChatError: ``signature``, ``clock``
    """
    _signed(query.signature, query, tokens)
    if not query.timestamp.isascii() or not query.timestamp.isdigit():
        raise WeChatError("clock")
    if abs(int(query.timestamp) - now) > WINDOW_S:
        raise WeChatError("clock")


def opened(
    query: Query,
    body: bytes,
    tokens: Collection[str],
    now: float,
    envelope: Envelope | None = None,
) -> tuple[Incoming, bytes]:
    """Check and read a callback.

    :param envelope: of an account in safe mode; then what is not sealed is refused
    :return: the message, and its XML, the same in all repetitions
    :raise WeChatError: see there
    """
    check(query, tokens, now)
    message = read(body)
    if not envelope:
        if message.sealed:
            raise WeChatError("key")
        return message, body
    if not message.sealed:
        raise WeChatError("plain")
    _signed(query.msg_signature, query, tokens, message.sealed)
    xml = envelope.open(message.sealed)
    return read(xml), xml


def _signed(
    signature: str, query: Query, tokens: Collection[str], sealed: str = ""
) -> None:
    if not any(
        is_signed(signature, token, query.timestamp, query.nonce, sealed)
        for token in tokens
    ):
        raise WeChatError("signature")
