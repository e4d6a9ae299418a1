"""How far a car has come between two stores, by its documents."""

from collections.abc import Iterable
from typing import NamedTuple

STAGES = ("open", "ordered", "shipped", "received", "invoiced", "settled")
CANCELLED = "cancelled"


class Facts(NamedTuple):
    """What the documents of one car say."""

    ordered: bool = False
    cancelled: bool = False
    shipped: bool = False
    received: bool = False
    invoiced: bool = False
    billed: bool = False
    paid: bool = False


def stage(facts: Facts) -> str:
    """Return the stage of one car.

    >>> stage(Facts(ordered=True, shipped=True))
    'shipped'
    """
    if facts.cancelled:
        return CANCELLED
    if facts.received and facts.invoiced and facts.billed:
        return "settled" if facts.paid else "invoiced"
    if facts.received:
        return "received"
    if facts.shipped:
        return "shipped"
    return "ordered" if facts.ordered else "open"


def state_of(decision: str, stages: Iterable[str]) -> str:
    """Return the state of a request: what was decided, then its slowest car."""
    if decision != "approved":
        return decision
    stages = list(stages)
    going = [one for one in stages if one != CANCELLED]
    if not going:
        return CANCELLED if stages else decision
    slowest = min(going, key=STAGES.index)
    return decision if slowest == "open" else slowest
