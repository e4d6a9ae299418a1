"""The model year at position 10 and its 30-year cycle (49 CFR 565.15(d), GB 16735)."""

from typing import Final

from .alphabet import DIGITS

CODES: Final = "ABCDEFGHJKLMNPRSTVWXY123456789"
FIRST_YEAR: Final = 1980
CYCLE: Final = len(CODES)

_YEARS: Final = {
    code: (year, year + CYCLE) for year, code in enumerate(CODES, FIRST_YEAR)
}


def years_of_code(code: str) -> tuple[int, ...]:
    """Return both years ``code`` stands for, earlier first; ``()`` for no code."""
    return _YEARS.get(code, ())


def year_by_position_7(vin: str) -> int | None:
    """Return the year that position 7 selects: digit to 2009, letter from 2010.

    ``None`` where position 10 is no year code. 49 CFR 565.15(d) binds this
    for vehicles up to 10,000 lb; for others it is no more than a hint.
    """
    earlier, later = _YEARS.get(vin[9], (None, None))
    return earlier if vin[6] in DIGITS else later


def most_plausible(years: tuple[int, ...], today_year: int) -> int | None:
    """Return the latest of ``years`` that can be on the road in ``today_year``.

    Next year's models are sold this year, so ``today_year + 1`` counts.
    """
    return max((year for year in years if year <= today_year + 1), default=None)


def candidate_years(vin: str, *, position_7_binds: bool) -> tuple[int, ...]:
    """Return the years ``vin`` may mean: one if position 7 binds, else both."""
    bound = year_by_position_7(vin)
    if position_7_binds and bound:
        return (bound,)
    return years_of_code(vin[9])


def best_year(
    vin: str, years: tuple[int, ...], today_year: int, *, position_7_hints: bool
) -> int | None:
    """Return the likeliest of ``years``.

    A hint from position 7 counts unless it points beyond next year. A single
    year is returned even from the future: there is no other to prefer.
    """
    if len(years) < 2:
        return years[0] if years else None
    plausible = most_plausible(years, today_year)
    hinted = year_by_position_7(vin) if position_7_hints else plausible
    return hinted if hinted and hinted <= today_year + 1 else plausible
