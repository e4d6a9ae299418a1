"""Bands of stock age: which car needs attention, by the limits of its store."""

from datetime import date, timedelta
from typing import Final

BANDS: Final = ("fresh", "ageing", "old")


def age_band(days: int, warn: int, limit: int) -> str:
    """:param days: since the car came into stock
    :param warn: up to so many days a car is fresh
    :param limit: over so many days it is old
    """
    if days > limit:
        return "old"
    return "ageing" if days > warn else "fresh"


def received_between(
    band: str, today: date, warn: int, limit: int
) -> tuple[date | None, date | None]:
    """:return: first and last day of receipt of the cars in a band, None: no bound"""
    last_fresh = today - timedelta(days=warn)
    last_ageing = today - timedelta(days=limit)
    before = timedelta(days=1)
    return {
        "fresh": (last_fresh, None),
        "ageing": (last_ageing, last_fresh - before),
        "old": (None, min(last_ageing, last_fresh) - before),
    }[band]
