"""Nonces seen lately, in the memory of one process."""

import threading
from collections import OrderedDict


class NonceMemory:
    """Remembers each nonce as long as its timestamp can pass the window.

    A timestamp may lie ``window_s`` ahead of our clock and is then good for twice
    that long.
    """

    def __init__(self, window_s: float):
        self._keep_s = 2 * window_s
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def is_new(self, nonce: str, now: float) -> bool:
        """Remember ``nonce``; :return: False if it was there already."""
        with self._lock:
            self._forget(now)
            if nonce in self._seen:
                return False
            self._seen[nonce] = now
            return True

    def __len__(self) -> int:
        return len(self._seen)

    def _forget(self, now: float) -> None:
        while self._seen:
            nonce, seen_at = next(iter(self._seen.items()))
            if now - seen_at <= self._keep_s:
                return
            del self._seen[nonce]
