"""What an attempt came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from . import retry_after
from .addresses import AddressRefused
from .exchange import Answer, NoAnswer, NotSent

# Refused for now, and surely without effect. 401 and 403 are among them: once somebody
# has renewed the credentials, the messages of the night go out by themselves. 409 is
# what a receiver answers while it still works on the same idempotency key.
_NOT_NOW = {401, 403, 407, 408, 409, 421, 423, 425, 429, 503}


class Outcome(str, Enum):
    """delivered; pending: accepted, but not finished, ask again; retry: surely no
    effect, try again; permanent: no use trying again; unknown: it may have had its
    effect."""

    DELIVERED = "delivered"
    PENDING = "pending"
    RETRY = "retry"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """:param reason: one line for people"""

    outcome: Outcome
    reason: str = ""
    retry_after_s: float | None = None

    @property
    def is_healthy(self) -> bool:
        """Whether the other side works: a refusal of one message says it does."""
        return self.outcome not in (Outcome.RETRY, Outcome.UNKNOWN)


def of_answer(answer: Answer, now: float) -> Verdict:
    """The verdict that the status alone allows."""
    outcome = _of_status(answer.status)
    if outcome is Outcome.DELIVERED:
        return Verdict(outcome)
    wish = retry_after.seconds(_header(answer.headers, "retry-after"), now)
    return Verdict(outcome, _reason(answer), wish)


def of_error(error: Exception) -> Verdict:
    """The verdict on an attempt without answer.

    :raise TypeError: on an exception that the client does not raise
    """
    if isinstance(error, AddressRefused):
        return Verdict(Outcome.PERMANENT, str(error))
    if isinstance(error, NotSent):
        return Verdict(Outcome.RETRY, str(error))
    if isinstance(error, NoAnswer):
        return Verdict(Outcome.UNKNOWN, str(error))
    raise TypeError(f"no verdict on {error!r}")


def _of_status(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.DELIVERED
    if status in _NOT_NOW:
        return Outcome.RETRY
    return Outcome.UNKNOWN if status >= 500 else Outcome.PERMANENT


def _reason(answer: Answer) -> str:
    if 300 <= answer.status < 400:
        target = _header(answer.headers, "location") or "another address"
        return f"HTTP {answer.status}: moved to {target}; redirects are not followed"
    return f"HTTP {answer.status}"


def _header(headers: Mapping[str, str], name: str) -> str | None:
    return next((v for k, v in headers.items() if k.lower() == name), None)
