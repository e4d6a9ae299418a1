"""Lines that people paste or scan: VINs, certificate numbers, or both."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

VIN_LENGTH: Final = 17
_SEPARATORS = re.compile(r"[\s,;，；、|]+")


class PastedLine(NamedTuple):
    """:ivar number: of the line, counted from 1
    :ivar vin: the word that is as long as a VIN, ``""`` for none
    :ivar paper: what else stands there, without spaces
    """

    number: int
    vin: str
    paper: str


def pasted_lines(text: str) -> Iterator[PastedLine]:
    """Read lines of a VIN and a certificate number, in any order."""
    for number, line in enumerate((text or "").splitlines(), start=1):
        words = [word for word in _SEPARATORS.split(line) if word]
        if words:
            vin = next((word for word in words if len(word) == VIN_LENGTH), "")
            paper = "".join(word for word in words if word != vin)
            yield PastedLine(number, vin, paper)


def codes(text: str) -> list[str]:
    """:return: each thing scanned or pasted once, in order, as it was written"""
    words = (word for word in _SEPARATORS.split(text or "") if word)
    return list(dict.fromkeys(words))
