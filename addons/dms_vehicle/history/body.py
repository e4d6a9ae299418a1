"""What an entry of the log says about an event: public facts, no personal data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

RESERVED = frozenset(("at", "place", "km", "owner"))


def event_body(
    at: datetime,
    place: str = "",
    km: int = 0,
    owner: str = "",
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Build the body of an entry, ready to be written as canonical JSON.

    :param at: moment in UTC when it happened
    :param place: city of the store
    :param km: odometer; 0 is unknown and is left out
    :param owner: pseudonym of the person it is about
    :param facts: what else is to be told, JSON values without floats
    :raise ValueError: if ``facts`` uses a name that is taken
    """
    taken = RESERVED & (facts or {}).keys()
    if taken:
        raise ValueError(
            f"facts of an event cannot be named {', '.join(sorted(taken))}"
        )
    body = {"at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "place": place}
    if km:
        body["km"] = km
    if owner:
        body["owner"] = owner
    return body | dict(facts or {})
