"""Refurbished 翻新: a car is delivered as new that was used before."""

from collections.abc import Sequence
from dataclasses import dataclass

from .event import DELIVERED, OWNERSHIP, SERVICED, Event, Suspicion
from .timeline import earlier


@dataclass(frozen=True)
class Refurbished:
    """A new car had no other owner and no repair before its delivery.

    Cars that are sold as used ones, and all cars of used-car stores, are left out.

    :param harmless_services: kinds of service that new cars get too, by the fact
        ``service`` of the event
    """

    harmless_services: tuple[str, ...] | list[str] = ("pdi",)

    def judge(self, event: Event, before: Sequence[Event]) -> Suspicion | None:
        if event.code != DELIVERED or event.used or event.place.sells_used:
            return None
        for other in earlier(event, before):
            if self._was_used(other, event):
                return Suspicion.of(other, event)
        return None

    def _was_used(self, other: Event, delivery: Event) -> bool:
        if other.code == SERVICED:
            return other.facts.get("service") not in self.harmless_services
        owned = other.code in (OWNERSHIP, DELIVERED)
        return owned and not (other.person and other.person == delivery.person)
