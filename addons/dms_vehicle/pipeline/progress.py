"""How far an OEM order has come, from reports that may come twice or out of order."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

STATUSES: Final = ("acknowledged", "scheduled", "in_production", "built", "shipped")


@dataclass(frozen=True)
class Progress:
    """What is known of a car or of an order line.

    :ivar status: the furthest one reported, ``""`` for none
    :ivar eta: day of arrival by the latest report
    :ivar eta_at: when that was said
    """

    status: str = ""
    eta: date | None = None
    eta_at: datetime | None = None


@dataclass(frozen=True)
class Told:
    """What one report says; ``at`` is the time by the clock of the maker."""

    status: str
    at: datetime
    eta: date | None = None


def advances(known: str | None, reported: str) -> bool:
    """:return: whether a status is further than the one that is known"""
    return not known or STATUSES.index(reported) > STATUSES.index(known)


def follow(known: Progress, told: Told) -> Progress:
    """Take a report in; status and arrival each follow their own order.

    A status never goes back. An arrival is replaced by one that was said later, also
    if its report comes first and its status is nothing new.
    """
    after = known
    if advances(known.status, told.status):
        after = replace(after, status=told.status)
    if told.eta and (known.eta_at is None or told.at > known.eta_at):
        after = replace(after, eta=told.eta, eta_at=told.at)
    return after
