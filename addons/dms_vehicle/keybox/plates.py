"""Temporary plates (临牌): how long they hold, and how many a car gets."""

from datetime import date
from typing import Final

MOST_DAYS: Final = 30
MOST_PLATES: Final = 3


def plate_problem(start: date | None, end: date | None, others: int) -> str:
    """:param start: first day of the plate
    :param end: its last day
    :param others: temporary plates that the car was given besides
    :return: ``""``, ``no_dates``, ``backwards``, ``too_long`` or ``too_many``
    """
    if not start or not end:
        return "no_dates"
    if end < start:
        return "backwards"
    if (end - start).days + 1 > MOST_DAYS:
        return "too_long"
    return "too_many" if others >= MOST_PLATES else ""
