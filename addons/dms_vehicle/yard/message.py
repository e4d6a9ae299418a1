"""What a device says: one row of a message, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Final

from .code import split_label
from .problem import YardError

KEY_LENGTH: Final = 64
UNWRITABLE: Final = "\ufffd"
_ZULU = re.compile("[zZ]$")


@dataclass(frozen=True)
class Row:
    """:ivar key: the device's own name of this sighting; sent twice it counts once
    :ivar site: code of the site, empty if the row does not say
    :ivar at: in UTC, without time zone
    :ivar vin: as it was sent, empty if the device cannot read it
    """

    key: str
    site: str
    slot: str
    at: datetime
    vin: str
    occupied: bool


def parse_row(value: object) -> Row:
    """:raise YardError: says what is wrong with the row"""
    if not isinstance(value, Mapping):
        raise YardError("bad_row")
    site, slot = split_label(_text(value, "slot"))
    if not slot:
        raise YardError("no_slot")
    return Row(
        key=_key(value),
        site=site,
        slot=slot,
        at=parse_moment(value.get("at")),
        vin=_vin(value),
        occupied=_occupied(value),
    )


def key_of(value: object) -> str:
    """:return: the key that a row has, as far as one can tell, to answer it"""
    return _text(value, "key")[:KEY_LENGTH] if isinstance(value, Mapping) else ""


def _text(value: Mapping, name: str) -> str:
    text = value.get(name)
    return writable(text.strip()) if isinstance(text, str) else ""


def writable(text: str) -> str:
    """:return: the text without signs that no database and no answer can hold"""
    return "".join(sign if sign.isprintable() else UNWRITABLE for sign in text)


def _key(value: Mapping) -> str:
    key = _text(value, "key")
    if not key or len(key) > KEY_LENGTH or UNWRITABLE in key:
        raise YardError("bad_key", limit=KEY_LENGTH)
    return key


def _vin(value: Mapping) -> str:
    if not isinstance(value.get("vin") or "", str):
        raise YardError("bad_vin")
    return _text(value, "vin")


def _occupied(value: Mapping) -> bool:
    occupied = value.get("occupied", True)
    if not isinstance(occupied, bool):
        raise YardError("bad_occupied")
    return occupied


def parse_moment(value: object) -> datetime:
    """:param value: ISO 8601 with time zone
    :return: in UTC, without time zone, as databases keep it
    """
    if not isinstance(value, str) or not value.strip():
        raise YardError("no_time")
    try:
        moment = datetime.fromisoformat(_ZULU.sub("+00:00", value.strip()))
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise YardError("bad_time", value=writable(value)[:40]) from error
