"""What makes a VIN invalid: ISO 3779 everywhere, the check digit by market."""

from typing import Final

from .alphabet import ALPHABET, DIGITS, LENGTH, LOOKS_LIKE
from .checksum import POSITION, CheckDigit
from .market import is_strict
from .problem import (
    BAD_CHARACTER,
    BAD_CHECK_DIGIT,
    EMPTY,
    FORBIDDEN_LETTER,
    SERIAL_NOT_NUMERIC,
    TOO_LONG,
    TOO_SHORT,
    Problem,
)
from .wmi import LOW_VOLUME

SERIAL_DIGITS: Final = 4
LOW_VOLUME_SERIAL_DIGITS: Final = 3


def _length(vin: str) -> Problem | None:
    if not vin:
        return Problem(EMPTY)
    code = TOO_SHORT if len(vin) < LENGTH else TOO_LONG
    return None if len(vin) == LENGTH else Problem(code, {"length": len(vin)})


def _alphabet(vin: str) -> Problem | None:
    if ALPHABET.issuperset(vin):
        return None
    at, found = next((at, c) for at, c in enumerate(vin, 1) if c not in ALPHABET)
    if found in LOOKS_LIKE:
        intended = LOOKS_LIKE[found]
        return Problem(
            FORBIDDEN_LETTER, {"position": at, "found": found, "intended": intended}
        )
    return Problem(BAD_CHARACTER, {"position": at, "found": found})


def malformed(vin: str) -> Problem | None:
    """Return what keeps normalised ``vin`` from being read at all, or ``None``."""
    return _length(vin) or _alphabet(vin)


def serial_problem(vin: str) -> Problem | None:
    """Return the first letter among the last characters that must be digits.

    Four for most makers, three for a low-volume maker, whose WMI reaches up
    to position 14. ``None`` in markets that allow letters.
    """
    count = LOW_VOLUME_SERIAL_DIGITS if vin[2] == LOW_VOLUME else SERIAL_DIGITS
    if DIGITS.issuperset(vin[-count:]) or not is_strict(vin):
        return None
    letters = (i for i in range(LENGTH - count, LENGTH) if vin[i] not in DIGITS)
    at = next(letters)
    return Problem(SERIAL_NOT_NUMERIC, {"position": at + 1, "found": vin[at]})


def check_digit_problem(vin: str, status: CheckDigit, expected: str) -> Problem | None:
    """Return the refusal of a check digit whose ``status`` is ``bad``."""
    if status != "bad":
        return None
    return Problem(BAD_CHECK_DIGIT, {"found": vin[POSITION], "expected": expected})
