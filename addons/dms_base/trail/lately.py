"""What was done lately, in the memory of this process."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Lately:
    """Remembers for a while; the oldest are forgotten first.

    :param seconds: how long
    :param size: how many
    """

    def __init__(
        self, seconds: float, size: int, clock: Callable[[], float] = time.monotonic
    ):
        self._seconds, self._size, self._clock = seconds, size, clock
        self._lock = threading.Lock()
        self._done: OrderedDict[Hashable, float] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        with self._lock:
            return self._clock() < self._done.get(key, 0)

    def add(self, key: Hashable) -> None:
        with self._lock:
            self._done.pop(key, None)
            self._done[key] = self._clock() + self._seconds
            if len(self._done) > self._size:
                self._done.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._done.clear()
