"""One attempt to deliver one message, and what becomes of the message."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from .client import Client
from .exchange import Answer, Message
from .outcome import Outcome, Verdict, of_answer, of_error
from .registry import Provider
from .retry import RetrySchedule

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """:param answer: None if there was none
    :param seconds: how long it took
    """

    verdict: Verdict
    answer: Answer | None = None
    seconds: float = 0.0


def attempt(
    provider: Provider,
    message: Message,
    endpoint: str,
    client: Client,
    clock: Callable[[], float] = time.time,
) -> Result:
    """Send a message once. Never raises: whatever happens is a result."""
    try:
        request = provider.request(message, endpoint)
    except Exception as error:
        _logger.exception("%s cannot write a %s", provider.name, message.kind)
        return Result(Verdict(Outcome.PERMANENT, f"cannot be written: {error!r}"))
    try:
        answer = client.send(request)
    except Exception as error:
        return Result(_verdict(error))
    return _read(provider, answer, clock())


def probe(
    provider: Provider,
    endpoint: str,
    client: Client,
    clock: Callable[[], float] = time.time,
) -> Result:
    """Look whether the other side is there; has no effect and never raises."""
    try:
        answer = client.send(provider.probe(endpoint))
    except Exception as error:
        return Result(_verdict(error))
    return Result(of_answer(answer, clock()), answer)


def _verdict(error: Exception) -> Verdict:
    try:
        return of_error(error)
    except TypeError:
        _logger.exception("an attempt failed in a way nobody has thought of")
        return Verdict(Outcome.UNKNOWN, repr(error))


def _read(provider: Provider, answer: Answer, now: float) -> Result:
    """An answer that cannot be read may well be one to a message that was taken."""
    try:
        return Result(provider.verdict(answer, now), answer)
    except Exception as error:
        _logger.exception("%s cannot read an answer", provider.name)
        return Result(Verdict(Outcome.UNKNOWN, f"cannot be read: {error!r}"), answer)


class Fate(str, Enum):
    """What becomes of a message after an attempt."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    DEAD = "dead"


def fate(
    outcome: Outcome, attempts: int, schedule: RetrySchedule, may_repeat: bool
) -> Fate:
    """:param may_repeat: whether the other side recognises a message it has got; if
    not, one of unknown outcome is left to people"""
    if outcome is Outcome.DELIVERED:
        return Fate.DELIVERED
    hopeless = outcome is Outcome.PERMANENT or schedule.is_exhausted(attempts)
    if hopeless or (outcome is Outcome.UNKNOWN and not may_repeat):
        return Fate.DEAD
    return Fate.WAITING
