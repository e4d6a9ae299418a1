from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ORDERED = "vehicle.ordered"
RECEIVED = "vehicle.received"
MOVED = "vehicle.moved"
DELIVERED = "vehicle.delivered"
RETURNED = "vehicle.returned"
SERVICED = "vehicle.serviced"
OWNERSHIP = "vehicle.ownership"


@dataclass(frozen=True)
class Place:
    """A store.

    :param region: ids of its sales region and those above, from the top; empty: none
    :param coordinates: latitude and longitude in degrees, None if unknown
    :param sells_used: whether it is a used-car store
    """

    store: int
    region: tuple[int, ...] = ()
    coordinates: tuple[float, float] | None = None
    sells_used: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened to a car.

    :param id: in the order of recording
    :param at: when it happened, UTC; midnight if only the day is known
    :param km: odometer, 0 if unknown
    :param person: pseudonym of whom it is about
    :param facts: what else the log says
    :param used: whether the car is sold as a used one
    """

    id: int
    code: str
    at: datetime
    place: Place
    km: int = 0
    person: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    used: bool = False

    @property
    def order(self) -> tuple[datetime, int]:
        return self.at, self.id

    @property
    def goes_to_maker(self) -> bool:
        return self.code == RETURNED and self.facts.get("to") == "manufacturer"

    @property
    def comes_in(self) -> bool:
        """Whether the car came to stand in the store, from wherever."""
        back = self.code == RETURNED and not self.goes_to_maker
        return back or self.code == RECEIVED

    @property
    def goes_out(self) -> bool:
        """Whether the car left the store, to wherever."""
        moved_out = self.code == MOVED and "to_store" in self.facts
        return moved_out or self.goes_to_maker or self.code == DELIVERED


@dataclass(frozen=True)
class Suspicion:
    """Two events that do not go together, the earlier first.

    :param key: equal for what is the same evidence
    :param values: what was computed, for the message
    """

    first: Event
    second: Event
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Event, other: Event, **values: Any) -> "Suspicion":
        first, second = sorted((one, other), key=lambda event: event.order)
        return cls(first, second, f"{first.id}-{second.id}", values)
