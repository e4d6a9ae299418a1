"""The check digit at position 9 (49 CFR 565.15(c), GB 16735, ISO 3779 annex)."""

from collections.abc import Mapping
from operator import getitem
from typing import Final, Literal

from .alphabet import LENGTH
from .market import is_strict

CheckDigit = Literal["ok", "bad", "not_enforced"]

WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VALUES: Final[Mapping[str, int]] = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True)
) | {str(digit): digit for digit in range(10)}
REMAINDERS: Final = "0123456789X"
POSITION: Final = 8

_PRODUCTS: Final = tuple(
    {char: weight * value for char, value in VALUES.items()} for weight in WEIGHTS
)


def check_digit(vin: str) -> str:
    """Return the character ``0``-``9`` or ``X`` that position 9 should hold.

    ``vin`` is normalised and has 17 characters; position 9 may hold anything
    of the VIN alphabet, for its weight is zero. Raises ``ValueError`` for
    another length and ``KeyError`` for a character outside the alphabet.
    """
    if len(vin) != LENGTH:
        raise ValueError(f"a VIN has {LENGTH} characters, not {len(vin)}")
    return REMAINDERS[sum(map(getitem, _PRODUCTS, vin)) % 11]


def check_digit_status(vin: str, expected: str | None = None) -> CheckDigit:
    """Say whether position 9 agrees with the rest of ``vin``.

    ``ok`` means that it agrees, in any market. A disagreement is ``bad``
    where the market enforces the digit and ``not_enforced`` elsewhere.
    ``expected`` saves computing the digit twice.
    """
    if vin[POSITION] == (expected or check_digit(vin)):
        return "ok"
    return "bad" if is_strict(vin) else "not_enforced"


def with_check_digit(vin: str) -> str:
    """Return ``vin`` with position 9 set to the digit computed for the rest."""
    return vin[:POSITION] + check_digit(vin) + vin[POSITION + 1 :]
