"""What a simulator can be told to do wrong."""

import threading
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """How to treat one request.

    :param status: answer with this status and without effect
    :param delay_s: wait before answering, after the effect
    :param drop: "before" or "after" the effect close the connection without answer
    :param twice: write the answer two times
    :param headers: of the answer, such as Retry-After
    """

    status: int | None = None
    delay_s: float = 0.0
    drop: str = ""
    twice: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self):
        if self.drop not in ("", "before", "after"):
            raise ValueError('drop is "before", "after" or empty')

    @property
    def has_effect(self) -> bool:
        return self.status is None and self.drop != "before"


HEALTHY = Fault()


class Faults:
    """Faults of the next requests, one each; then a lasting one, if any."""

    def __init__(self):
        self._next: deque[Fault] = deque()
        self._lasting = HEALTHY
        self._lock = threading.Lock()

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._next.extend(faults)

    def last(self, fault: Fault) -> None:
        """From now on until :meth:`clear`."""
        with self._lock:
            self._lasting = fault

    def clear(self) -> None:
        with self._lock:
            self._next.clear()
            self._lasting = HEALTHY

    def take(self) -> Fault:
        with self._lock:
            return self._next.popleft() if self._next else self._lasting
