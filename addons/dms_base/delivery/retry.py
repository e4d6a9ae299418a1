"""When to try again."""

import random
from collections.abc import Callable
from dataclasses import dataclass

_LARGEST_EXPONENT = 64


@dataclass(frozen=True)
class RetrySchedule:
    """Exponential back-off with full jitter, in seconds.

    Full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015) spreads the calls
    of many senders that failed at the same moment evenly over the whole interval.
    """

    first_s: float = 5.0
    factor: float = 2.0
    longest_s: float = 3600.0
    attempts: int = 20
    longest_wish_s: float = 86400.0

    def is_exhausted(self, attempts: int) -> bool:
        """:return: whether no further attempt follows after so many"""
        return attempts >= self.attempts

    def ceiling_s(self, attempts: int) -> float:
        """:return: the longest pause after so many attempts, without a wish"""
        exponent = min(max(attempts, 1) - 1, _LARGEST_EXPONENT)
        return min(self.longest_s, self.first_s * self.factor**exponent)

    def pause_s(
        self,
        attempts: int,
        retry_after_s: float | None = None,
        chance: Callable[[], float] = random.random,
    ) -> float:
        """How long to wait before the next attempt.

        :param attempts: how many were made, at least 1
        :param retry_after_s: what the other side asked for; never shortened, except to
            ``longest_wish_s``, so that no answer puts a message off for ever
        :param chance: returns a number in [0, 1)
        """
        jitter = self.ceiling_s(attempts) * chance()
        return min(retry_after_s or 0.0, self.longest_wish_s) + jitter
