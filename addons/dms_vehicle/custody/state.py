"""The state of a certificate, which follows from its documents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What the documents of a certificate say.

    :ivar holder: who holds it by the last confirmed handover
    :ivar is_moving: a handover waits for its confirmation
    :ivar is_pledged: it secures a loan of the store
    :ivar is_requested: the bank is asked to release it
    :ivar is_borrowed: the bank lent it to the store
    :ivar exception: what went wrong, ``""`` for nothing
    """

    holder: str
    is_moving: bool = False
    is_pledged: bool = False
    is_requested: bool = False
    is_borrowed: bool = False
    exception: str = ""


_WITHOUT_PLEDGE = {
    "oem": "at_oem",
    "bank": "released",
    "store": "free",
    "customer": "delivered",
}


def state_of(facts: Facts) -> str:
    """:return: the one word a list shows; what needs attention comes first"""
    if facts.exception:
        return facts.exception
    if facts.is_requested:
        return "release_requested"
    if facts.is_moving:
        return "in_transit"
    if facts.is_pledged:
        return "borrowed" if facts.is_borrowed else "pledged"
    return _WITHOUT_PLEDGE[facts.holder]
