"""One text in, everything a VIN says out."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .checksum import POSITION, CheckDigit, check_digit, check_digit_status
from .country import country_of
from .make import makes_of
from .market import is_chinese, is_north_american
from .model_year import best_year, candidate_years
from .problem import (
    FILLER_CHECK_DIGIT,
    NO_YEAR_CODE,
    UNKNOWN_WMI,
    YEAR_IN_FUTURE,
    Problem,
    explain,
)
from .text import normalise
from .validate import check_digit_problem, malformed, serial_problem
from .wmi import Maker, maker_of, wmi_of

FILLER: Final = "Z"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a VIN says.

    A malformed VIN (length, alphabet) has nothing to say beyond ``problem``:
    its ``check_digit`` is ``bad``, all else is empty. One refused for its
    check digit or serial is still read, as the rest helps to find the slip.

    ``makes`` and ``years`` are all that is possible, ``make`` and ``year``
    the likeliest. ``maker`` holds the WMI; ``country`` is ISO 3166 alpha-2.
    """

    vin: str
    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()
    check_digit: CheckDigit = "bad"
    expected_check_digit: str = ""
    makes: tuple[str, ...] = ()
    maker: str | None = None
    country: str | None = None
    year: int | None = None
    years: tuple[int, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the VIN may be used where it was issued."""
        return self.problem is None

    @property
    def reason(self) -> str:
        """Why the VIN is refused, in plain English; empty if it is not."""
        return explain(self.problem) if self.problem else ""

    @property
    def make(self) -> str | None:
        """The likeliest make, ``None`` if no table has one."""
        return self.makes[0] if self.makes else None

    @property
    def wmi(self) -> str:
        """Positions 1-3, for a low-volume maker with 12-14; who built the car."""
        return wmi_of(self.vin) if self._readable else ""

    @property
    def vds(self) -> str:
        """Positions 4-9: what kind of car it is."""
        return self.vin[3:9] if self._readable else ""

    @property
    def vis(self) -> str:
        """Positions 10-17: which one of its kind it is."""
        return self.vin[9:] if self._readable else ""

    @property
    def _readable(self) -> bool:
        return bool(self.expected_check_digit)


def decode(text: str, *, today_year: int | None = None) -> Decoded:
    """Read the VIN in ``text``, however it was typed or scanned.

    ``today_year`` is the year to judge plausibility by, this year by default.
    Never raises for any string: see ``Decoded.problem``.
    """
    vin = normalise(text)
    problem = malformed(vin)
    if problem:
        return Decoded(vin, problem)
    return _read(vin, today_year or date.today().year)


def _read(vin: str, today_year: int) -> Decoded:
    """Decode a well-formed ``vin``."""
    expected = check_digit(vin)
    status = check_digit_status(vin, expected)
    maker = maker_of(wmi_of(vin))
    years = _years(vin, maker)
    year = _year(vin, years, maker, status, today_year)
    return Decoded(
        vin,
        check_digit_problem(vin, status, expected) or serial_problem(vin),
        _warnings(vin, maker, year, status, today_year),
        status,
        expected,
        makes_of(vin, maker, year) if maker else (),
        maker.name if maker else None,
        country_of(vin),
        year,
        years,
    )


def _years(vin: str, maker: Maker | None) -> tuple[int, ...]:
    """Apply 49 CFR 565: it binds light vehicles, and unknown makers count as such."""
    light = maker is None or maker.light
    return candidate_years(vin, position_7_binds=light and is_north_american(vin))


def _year(
    vin: str,
    years: tuple[int, ...],
    maker: Maker | None,
    status: CheckDigit,
    today_year: int,
) -> int | None:
    # A right check digit from a market that does not ask for one marks a car
    # built for North America, whose position 7 follows the rule there.
    exported = status == "ok" and maker is not None and maker.light
    hints = exported and not is_chinese(vin)
    return best_year(vin, years, today_year, position_7_hints=hints)


def _warnings(
    vin: str,
    maker: Maker | None,
    year: int | None,
    status: CheckDigit,
    today_year: int,
) -> tuple[Problem, ...]:
    """List what is odd about a VIN without making it invalid."""
    found = []
    if status == "not_enforced" and vin[POSITION] == FILLER:
        found.append(Problem(FILLER_CHECK_DIGIT))
    if maker is None:
        found.append(Problem(UNKNOWN_WMI, {"wmi": wmi_of(vin)}))
    if year is None:
        found.append(Problem(NO_YEAR_CODE, {"found": vin[9]}))
    elif year > today_year + 1:
        found.append(Problem(YEAR_IN_FUTURE, {"year": year}))
    return tuple(found)
