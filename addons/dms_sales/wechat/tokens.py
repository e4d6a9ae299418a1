"""Access tokens: fetched when the one at hand ends soon, kept per account."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

# The platform says how long a token lives; it is given up so many seconds before.
MARGIN_S = 300.0


@dataclass(frozen=True, slots=True)
class Token:
    """:ivar ends_at: seconds since the epoch"""

    value: str
    ends_at: float


class Tokens:
    """The tokens of this process; threads that need the same one wait for one fetch.

    >>> tokens = Tokens(clock=lambda: 0.0)
    >>> tokens.get("wx1", lambda: Token("a", 7200.0))
    'a'
    >>> tokens.get("wx1", lambda: Token("b", 7200.0))
    'a'
    """

    def __init__(self, clock: Callable[[], float] = time.time):
        self._clock = clock
        self._known: dict[Hashable, Token] = {}
        self._lock = threading.Lock()

    def now(self) -> float:
        """:return: seconds since the epoch, by the clock that tokens end by"""
        return self._clock()

    def get(self, account: Hashable, fetch: Callable[[], Token]) -> str:
        """:param fetch: asks the platform; what it raises is passed on"""
        with self._lock:
            known = self._known.get(account)
            if not known or known.ends_at - MARGIN_S <= self._clock():
                known = self._known[account] = fetch()
            return known.value

    def forget(self, account: Hashable, value: str) -> None:
        """The platform refused a token; one that came meanwhile is kept."""
        with self._lock:
            known = self._known.get(account)
            if known and known.value == value:
                del self._known[account]
