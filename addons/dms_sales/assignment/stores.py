"""Which store gets a lead: one that sells what is wanted, as near as can be."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Store:
    """``km`` to the customer, None if nobody knows; ``sells`` what is wanted."""

    key: Hashable
    sells: bool = True
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """``code``: why, one of

    - ``nearest``: of those that sell it, the nearest
    - ``only``: no other sells it
    - ``stays``: distances are not known, and where it is it can be served
    - ``sells``: distances are not known, and the first that sells it takes it
    - ``nobody``: no store sells it, so it stays
    """

    key: Hashable
    code: str
    km: float | None = None


def choose_store(stores: Sequence[Store], current: Hashable) -> Choice:
    """Choose for a lead that came in at ``current``."""
    able = [store for store in stores if store.sells]
    if not able:
        return Choice(current, "nobody")
    if len(able) == 1 and able[0].key != current:
        return Choice(able[0].key, "only", able[0].km)
    measured = [store for store in able if store.km is not None]
    if measured:
        best = min(measured, key=lambda store: (store.km, store.key != current))
        return Choice(best.key, "nearest", best.km)
    if any(store.key == current for store in able):
        return Choice(current, "stays")
    return Choice(able[0].key, "sells")
