"""Which store takes which step of a transport, and when."""

from collections.abc import Collection
from typing import NamedTuple

STATES = [
    ("planned", "Planned"),
    ("loaded", "Loaded"),
    ("under_way", "Under Way"),
    ("arrived", "Arrived"),
    ("cancelled", "Cancelled"),
]
FROM, TO, PAYING = "from", "to", "paying"


class Step(NamedTuple):
    sides: tuple[str, ...]
    states: tuple[str, ...]
    target: str


STEPS = {
    "load": Step((FROM,), ("planned",), "loaded"),
    "depart": Step((FROM,), ("loaded",), "under_way"),
    "arrive": Step((TO,), ("under_way",), "arrived"),
    "cancel": Step((PAYING,), ("planned", "loaded", "under_way"), "cancelled"),
}
# which store looks a car over at which end, and until when
ENDS = {
    "loading": Step((FROM,), ("planned",), ""),
    "unloading": Step((TO,), ("under_way",), ""),
}


def problem(step: Step, state: str, sides: Collection[str]) -> str:
    """Return why a step is not possible: ``"side"``, ``"state"`` or nothing.

    >>> problem(STEPS["load"], "planned", ["to"])
    'side'
    """
    if not set(step.sides) & set(sides):
        return "side"
    return "" if state in step.states else "state"
