"""How often one address may ask: a bucket of tokens that refills with time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class TokenBuckets:
    """One bucket per address, in the memory of this process.

    Several workers each allow the full rate; the proxy in front limits the sum. The
    addresses that asked longest ago are forgotten first.
    """

    def __init__(
        self,
        rate: float,
        burst: int,
        addresses: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ):
        """:param rate: tokens per second
        :param burst: tokens of a full bucket
        :param addresses: how many are remembered
        """
        self._rate, self._burst, self._addresses = rate, burst, addresses
        self._clock, self._lock = clock, threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> float:
        """Take one token.

        :return: 0 if there was one, else the seconds until there is
        """
        with self._lock:
            now = self._clock()
            tokens, then = self._buckets.pop(address, (self._burst, now))
            tokens = min(self._burst, tokens + (now - then) * self._rate)
            granted = tokens >= 1
            self._buckets[address] = (tokens - 1 if granted else tokens, now)
            if len(self._buckets) > self._addresses:
                self._buckets.popitem(last=False)
        return 0 if granted else (1 - tokens) / self._rate
