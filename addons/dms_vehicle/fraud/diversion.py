"""Diversion 串货: a car surfaces outside the region it was allocated to."""

from collections.abc import Sequence
from dataclasses import dataclass

from .event import DELIVERED, ORDERED, RECEIVED, SERVICED, Event, Place, Suspicion
from .timeline import earlier

LEVELS = ("store", "top")


@dataclass(frozen=True)
class Diversion:
    """The manufacturer allocates a car to the region of the store that ordered it.

    The first delivery and the first service must be in that region. Stores without a
    region, and cars that no store ordered or received, raise no suspicion.

    :param regions: "store": regions of stores must be equal; "top": it is enough that
        they lie in the same region of the highest level
    :param transfer_moves: whether a documented transfer to another store moves the
        allocation to the region of that store
    """

    regions: str = "store"
    transfer_moves: bool = False

    def __post_init__(self) -> None:
        if self.regions not in LEVELS:
            raise ValueError(f"regions is one of {', '.join(LEVELS)}")

    def judge(self, event: Event, before: Sequence[Event]) -> Suspicion | None:
        past = earlier(event, before)
        allocation = self._allocation(past)
        if allocation is None or not self._is_first(event, past, allocation):
            return None
        allocated, found = self._area(allocation.place), self._area(event.place)
        if not allocated or not found or allocated == found:
            return None
        # the service after a diverted delivery tells nothing new
        return Suspicion(allocation, event, f"{allocation.id}-{found}")

    def _is_first(self, event: Event, past: list[Event], allocation: Event) -> bool:
        if event.code not in (DELIVERED, SERVICED):
            return False
        since = [other for other in past if other.order > allocation.order]
        return all(other.code != event.code for other in since)

    def _allocation(self, past: list[Event]) -> Event | None:
        """:return: the event by which the car belongs to a region"""
        allocation = None
        for event in past:
            if event.goes_to_maker:
                allocation = None
            elif event.code in (ORDERED, RECEIVED) and (
                allocation is None or self._moves(event)
            ):
                allocation = event
        return allocation

    def _moves(self, event: Event) -> bool:
        return self.transfer_moves and "from_store" in event.facts

    def _area(self, place: Place) -> int:
        if not place.region:
            return 0
        return place.region[0 if self.regions == "top" else -1]
