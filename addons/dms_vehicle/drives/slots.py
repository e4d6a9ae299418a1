"""Times at which a car is free."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

Span = tuple[datetime, datetime]


class Slot(NamedTuple):
    """A time that can be booked, and the cars that are free then."""

    start: datetime
    stop: datetime
    cars: tuple[Hashable, ...]


def free_slots(
    opened: Iterable[Span],
    busy: Mapping[Hashable, Sequence[Span]],
    length: timedelta,
    buffer: timedelta = timedelta(),
    earliest: datetime | None = None,
) -> list[Slot]:
    """Cut opening hours into drives and keep those for which a car is free.

    All moments in one time zone. A drive ends before the store closes; the time to
    clean and charge the car may lie behind that.

    :param opened: when the store is open
    :param busy: when each car is taken, its buffer included; all cars are named
    :param length: of a drive; above zero
    :param buffer: after each drive
    :param earliest: drives begin no sooner
    """
    if length <= timedelta():
        raise ValueError("A drive takes time.")
    found = []
    for start in _starts(opened, length):
        stop = start + length
        if earliest and start < earliest:
            continue
        cars = tuple(car for car in busy if _is_free(busy[car], start, stop + buffer))
        if cars:
            found.append(Slot(start, stop, cars))
    return found


def _starts(opened: Iterable[Span], length: timedelta) -> Iterator[datetime]:
    for begin, end in sorted(opened):
        start = begin
        while start + length <= end:
            yield start
            start += length


def _is_free(taken: Sequence[Span], start: datetime, stop: datetime) -> bool:
    return all(stop <= begin or end <= start for begin, end in taken)
