"""What is to be done on which day, in an order that never changes."""

import heapq
from collections.abc import Callable
from datetime import date
from itertools import count


class Agenda:
    def __init__(self, end: date):
        self._end = end
        self._entries: list = []
        self._turn = count()

    def plan(self, day: date, act: Callable[[], None]) -> None:
        """Do ``act`` on ``day``, unless that lies beyond the end of the story."""
        if day < self._end:
            heapq.heappush(self._entries, (day, next(self._turn), act))

    @property
    def next_day(self) -> date | None:
        return self._entries[0][0] if self._entries else None

    def live(self) -> None:
        """Do what the next day holds."""
        day = self.next_day
        while self.next_day == day:
            heapq.heappop(self._entries)[2]()
