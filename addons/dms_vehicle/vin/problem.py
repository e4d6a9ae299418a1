"""Why a VIN is refused and what about an accepted one deserves a look.

Codes are stable and meant for programs. Messages carry named ``%``
placeholders, so that a caller can translate the template and fill it after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

EMPTY: Final = "empty"
TOO_SHORT: Final = "too_short"
TOO_LONG: Final = "too_long"
FORBIDDEN_LETTER: Final = "forbidden_letter"
BAD_CHARACTER: Final = "bad_character"
BAD_CHECK_DIGIT: Final = "bad_check_digit"
SERIAL_NOT_NUMERIC: Final = "serial_not_numeric"

FILLER_CHECK_DIGIT: Final = "filler_check_digit"
UNKNOWN_WMI: Final = "unknown_wmi"
NO_YEAR_CODE: Final = "no_year_code"
YEAR_IN_FUTURE: Final = "year_in_future"

MESSAGES: Final[Mapping[str, str]] = {
    EMPTY: "Enter a VIN.",
    TOO_SHORT: "A VIN has 17 characters; this one has only %(length)s.",
    TOO_LONG: "A VIN has 17 characters; this one has %(length)s.",
    FORBIDDEN_LETTER: (
        "The letter %(found)s at position %(position)s does not occur in a VIN; "
        "%(intended)s is probably meant."
    ),
    BAD_CHARACTER: (
        "%(found)s at position %(position)s is neither a digit nor a capital letter."
    ),
    BAD_CHECK_DIGIT: (
        "The check digit at position 9 is %(found)s but should be %(expected)s; "
        "at least one character is wrong."
    ),
    SERIAL_NOT_NUMERIC: (
        "%(found)s at position %(position)s must be a digit in this market."
    ),
    FILLER_CHECK_DIGIT: "Position 9 holds the filler Z instead of a check digit.",
    UNKNOWN_WMI: "No table knows the maker %(wmi)s.",
    NO_YEAR_CODE: "%(found)s at position 10 is not a model year code.",
    YEAR_IN_FUTURE: "The model year %(year)s lies in the future.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A code of this module with the values its message needs."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


def explain(problem: Problem) -> str:
    """Return ``problem`` as one plain English sentence or two."""
    return MESSAGES[problem.code] % problem.params
