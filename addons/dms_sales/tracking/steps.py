"""Eight steps in order. A later fact of the car's way proves those before it."""

from dataclasses import dataclass
from datetime import date

# each step of the way to the store proves the ones before it
WAY = ("ordered", "produced", "on_the_way", "at_the_store")
CODES = (*WAY, "checked", "registered", "ready", "delivered")


@dataclass(frozen=True)
class Facts:
    """What documents prove: the day of a step, True for a day nobody noted.

    :param expected: when the car is expected at the store
    :param appointment: when it is handed over
    :param not_here: steps that this store does not do, and shows only once done
    """

    ordered: date | bool | None = None
    produced: date | bool | None = None
    on_the_way: date | bool | None = None
    at_the_store: date | bool | None = None
    checked: date | bool | None = None
    registered: date | bool | None = None
    ready: date | bool | None = None
    delivered: date | bool | None = None
    expected: date | None = None
    appointment: date | None = None
    not_here: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """One step: ``state`` is ``done``, ``now`` or ``later``.

    ``on`` is the day it was done, ``planned`` the day it is to be done, if known.
    """

    code: str
    state: str
    on: date | None = None
    planned: date | None = None


def track(facts: Facts) -> list[Step]:
    """:return: the steps of a deal in order; the first that is not done is ``now``"""
    codes = [
        code for code in CODES if code not in facts.not_here or getattr(facts, code)
    ]
    done = {code: _is_done(code, facts) for code in codes}
    now = next((code for code in codes if not done[code]), None)
    return [
        Step(
            code,
            "done" if done[code] else "now" if code == now else "later",
            _day(getattr(facts, code)),
            None if done[code] else _planned(code, facts),
        )
        for code in codes
    ]


def _is_done(code: str, facts: Facts) -> bool:
    """A car that stands in the store was built, whether a report said so or not."""
    if facts.delivered:
        # plates may follow the car
        return code != "registered" or bool(facts.registered)
    if code in WAY:
        return any(getattr(facts, later) for later in WAY[WAY.index(code) :])
    return bool(getattr(facts, code))


def _day(fact: date | bool | None) -> date | None:
    return fact if isinstance(fact, date) else None


def _planned(code: str, facts: Facts) -> date | None:
    plans = {"at_the_store": facts.expected, "delivered": facts.appointment}
    return plans.get(code)
