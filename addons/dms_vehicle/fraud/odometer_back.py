"""An odometer that goes back."""

from collections.abc import Sequence
from dataclasses import dataclass

from .event import Event, Suspicion
from .timeline import between, neighbours


@dataclass(frozen=True)
class OdometerBack:
    """A reading is lower than the one before it, or higher than the one after it.

    Only the step back itself is suspicious, not each reading that follows it. A
    replaced odometer starts anew: an event whose facts say ``replaced``.

    :param tolerance_km: so much less is taken for a slip of the pen
    """

    tolerance_km: int = 0

    def judge(self, event: Event, before: Sequence[Event]) -> Suspicion | None:
        if not event.km:
            return None
        for other in neighbours(event, [one for one in before if one.km]):
            first, second = sorted((event, other), key=lambda one: one.order)
            lost = first.km - second.km
            if lost > self.tolerance_km and not _replaced(first, second, before):
                return Suspicion.of(first, second, lost_km=lost)
        return None


def _replaced(first: Event, second: Event, before: Sequence[Event]) -> bool:
    # the reading noted with the replacement is the last of the old odometer
    steps = [first, *between(first, second, before)]
    return any(step.facts.get("replaced") for step in steps)
