"""A car that is delivered a second time though it never came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from .event import DELIVERED, Event, Suspicion
from .timeline import between, neighbours


@dataclass(frozen=True)
class DeliveredTwice:
    """Between two deliveries the car must have come back: returned, or taken in."""

    def judge(self, event: Event, before: Sequence[Event]) -> Suspicion | None:
        if event.code != DELIVERED:
            return None
        deliveries = [other for other in before if other.code == DELIVERED]
        for other in neighbours(event, deliveries):
            if not any(step.comes_in for step in between(event, other, before)):
                return Suspicion.of(other, event)
        return None
