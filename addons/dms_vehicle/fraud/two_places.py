"""One VIN at two places at once: a doubled number, or papers without a car."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ..routing import Position, great_circle_km
from .event import DELIVERED, MOVED, RECEIVED, RETURNED, SERVICED, Event, Suspicion
from .timeline import earlier, neighbours

# What happens to the car itself; the others happen to its papers.
PHYSICAL = frozenset((RECEIVED, MOVED, DELIVERED, RETURNED, SERVICED))


@dataclass(frozen=True)
class TwoPlaces:
    """A car leaves a store before it comes to another, and needs time on the way.

    :param speed_kmh: how fast a car gets from store to store as the crow flies
    :param near_km: stores that are not farther apart count as one place
    """

    speed_kmh: float = 120
    near_km: float = 20

    def __post_init__(self) -> None:
        if self.speed_kmh <= 0:
            raise ValueError("speed_kmh is more than 0")

    def judge(self, event: Event, before: Sequence[Event]) -> Suspicion | None:
        if event.code not in PHYSICAL:
            return None
        return self._stands_elsewhere(event, before) or self._too_fast(event, before)

    def _stands_elsewhere(self, event, before):
        if event.code not in (RECEIVED, DELIVERED):
            return None
        arrival = _stands_since(earlier(event, before))
        if arrival is None or arrival.place.store == event.place.store:
            return None
        return Suspicion.of(arrival, event)

    def _too_fast(self, event, before):
        physical = [other for other in before if other.code in PHYSICAL]
        for other in neighbours(event, physical):
            way = distance_km(other, event)
            hours = longest_gap(other, event) / timedelta(hours=1)
            if way > self.near_km and way > hours * self.speed_kmh:
                values = {"distance_km": round(way), "hours": round(hours, 1)}
                return Suspicion.of(other, event, **values)
        return None


def _stands_since(past: list[Event]) -> Event | None:
    """:return: the event by which the car stands where it stands, if it does"""
    arrival = None
    for event in past:
        if event.goes_out:
            arrival = None
        elif event.comes_in:
            arrival = event
    return arrival


def distance_km(one: Event, other: Event) -> float:
    """Return the distance between two places on the globe; 0 if one is unknown."""
    if not one.place.coordinates or not other.place.coordinates:
        return 0.0
    places = one.place.coordinates, other.place.coordinates
    return great_circle_km(*(Position(*place) for place in places))


def longest_gap(one: Event, other: Event) -> timedelta:
    """Return the longest time that may lie between two events."""
    first, second = sorted((one, other), key=lambda event: event.order)
    return _latest(second) - first.at


def _latest(event: Event) -> datetime:
    """An event at midnight happened at any time of that day."""
    if event.at.time() == time.min:
        return event.at + timedelta(days=1)
    return event.at
