"""A circuit breaker as values: nothing here waits, sleeps or looks at a clock."""

from dataclasses import dataclass, replace
from enum import Enum


class BreakerState(str, Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True)
class BreakerPolicy:
    """:param threshold: failures in a row that open the breaker"""

    threshold: int = 5
    first_pause_s: float = 30.0
    longest_pause_s: float = 900.0

    def pause_s(self, trips: int) -> float:
        """:return: how long calls rest after opening so many times in a row"""
        exponent = min(max(trips, 1) - 1, 64)
        return min(self.longest_pause_s, self.first_pause_s * 2.0**exponent)


@dataclass(frozen=True)
class Breaker:
    """Keeps calls away from a side that fails, and finds out when it is back.

    closed: calls go through. open: none until ``until``. half-open: one probe is out;
    its answer closes or opens the breaker. A probe without answer (its sender was
    killed) counts as lost at ``until``, and the next one may go.

    :param failures: failures in a row
    :param trips: how often the breaker opened since the last success
    :param until: seconds since the epoch, meaningless while closed
    """

    state: BreakerState = BreakerState.CLOSED
    failures: int = 0
    trips: int = 0
    until: float = 0.0

    def slots(self, now: float, wanted: int) -> int:
        """:return: how many calls may start now, of so many wanted"""
        if self.state is BreakerState.CLOSED:
            return wanted
        return min(wanted, 1) if now >= self.until else 0

    def probing(self, now: float, patience_s: float) -> "Breaker":
        """A call starts. Of a breaker that is not closed it is the probe.

        :param patience_s: when to give the probe up
        """
        if self.state is BreakerState.CLOSED:
            return self
        return replace(self, state=BreakerState.HALF_OPEN, until=now + patience_s)

    def succeeded(self) -> "Breaker":
        """The other side answered as it should, whichever call asked."""
        return Breaker()

    def failed(self, now: float, policy: BreakerPolicy) -> "Breaker":
        """A call failed; those that started before the breaker opened change nothing
        any more."""
        failures = self.failures + 1
        if self.state is BreakerState.OPEN:
            return self
        if self.state is BreakerState.CLOSED and failures < policy.threshold:
            return replace(self, failures=failures)
        return self._opened(now, failures, policy)

    def _opened(self, now: float, failures: int, policy: BreakerPolicy) -> "Breaker":
        trips = self.trips + 1
        until = now + policy.pause_s(trips)
        return Breaker(BreakerState.OPEN, failures, trips, until)
