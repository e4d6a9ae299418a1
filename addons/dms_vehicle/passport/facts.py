"""What an entry of the log says about a car, as far as the page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
MOMENT = "%Y-%m-%dT%H:%M:%S%z"


@dataclass(frozen=True)
class Facts:
    """One event; ``km`` 0 means that nobody read the odometer."""

    kind: str
    day: str
    place: str
    km: int


UNREADABLE = Facts("", "", "", 0)


def facts_of(entry: dict[str, Any]) -> Facts:
    """:param entry: a leaf of the log as ``merkle.decode`` gives it

    The body says when it happened; without that, the time of recording counts. What
    the body holds beyond, or in another type, is not shown.
    """
    body = entry["body"]
    happened = _day(body.get("at")) or _day(entry["at"])
    place, km = body.get("place"), body.get("km")
    return Facts(
        kind=entry["kind"],
        day=happened,
        place=place if isinstance(place, str) else "",
        km=km if type(km) is int and km > 0 else 0,
    )


def _day(moment: Any) -> str:
    """:return: the day in China, ``2026-11-24``; empty if it is no moment"""
    try:
        return datetime.strptime(moment, MOMENT).astimezone(HERE).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
