"""Where a drive stands, from what happened."""

from datetime import datetime
from typing import NamedTuple


class Facts(NamedTuple):
    """What happened to a drive; None for what did not."""

    start: datetime
    stop: datetime
    out_at: datetime | None = None
    back_at: datetime | None = None
    cancelled_at: datetime | None = None
    missed_at: datetime | None = None


def standing(facts: Facts) -> str:
    """:return: ``back``, ``out``, ``cancelled``, ``missed`` or ``booked``; a car that
    was handed over is out, whatever else was noted
    """
    if facts.back_at:
        return "back"
    if facts.out_at:
        return "out"
    if facts.cancelled_at:
        return "cancelled"
    return "missed" if facts.missed_at else "booked"


def is_late(facts: Facts, now: datetime) -> bool:
    """:return: whether the car should be back by now and is not"""
    return standing(facts) == "out" and facts.stop < now
