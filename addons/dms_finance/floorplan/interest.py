"""Interest of one car, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from odoo.addons.dms_base.money import HUNDRED, ZERO

from .terms import Terms


@dataclass(frozen=True, slots=True)
class Movement:
    """What changes on a day, as the books show it.

    :param owed: change of what the lender is owed; drawing is positive
    :param deposited: change of what lies with the lender as deposit
    """

    on: date
    owed: Decimal
    deposited: Decimal = ZERO


def interest(
    terms: Terms,
    start: date,
    maturity: date | None,
    movements: Iterable[Movement],
    until: date,
) -> Decimal:
    """Interest and late charge of the days from ``start`` until before ``until``.

    The day of a payment bears no interest any more on what is paid, the day of drawing
    does: "from in, to out". Interest runs on what is owed, the late charge on what is
    owed less deposits, from the day of maturity on.

    :param start: day of drawing, from which the age is counted
    :return: the exact amount. What a contract has cost is rounded once, as a whole, as
        lenders' statements do: each accrual books the rounded total less what was
        booked before, so no cent is lost or gained by the number of accruals

    >>> from .terms import Bracket
    >>> terms = Terms(brackets=[Bracket(0, Decimal(6))], free_days=60)
    >>> drawn = Movement(date(2026, 1, 5), Decimal(180_000))
    >>> interest(terms, drawn.on, None, [drawn], date(2026, 4, 5))
    Decimal('900')
    """
    ordered = sorted(movements, key=lambda movement: movement.on)
    days = _days_of_change(terms, start, maturity, ordered, until)
    total = ZERO
    for first, following in pairwise(days):
        owed, deposited = _balance(ordered, first)
        daily = _daily(terms, (first - start).days, owed)
        if maturity and first >= maturity:
            daily += _late(terms, owed - deposited)
        total += daily * (following - first).days
    return total / (HUNDRED * terms.day_count.year_days)


def daily_interest(
    terms: Terms,
    start: date,
    maturity: date | None,
    movements: Sequence[Movement],
    day: date,
) -> Decimal:
    """:return: what the car costs on this one day, exact"""
    if day < start:
        return ZERO
    owed, deposited = _balance(movements, day)
    daily = _daily(terms, (day - start).days, owed)
    if maturity and day >= maturity:
        daily += _late(terms, owed - deposited)
    return daily / (HUNDRED * terms.day_count.year_days)


def _daily(terms: Terms, age: int, owed: Decimal) -> Decimal:
    """Interest of a day, times 100 and the days of a year: so nothing is divided yet"""
    return owed * terms.rate_at(age)


def _late(terms: Terms, at_risk: Decimal) -> Decimal:
    return at_risk * terms.late_percent * terms.day_count.year_days


def _balance(movements: Iterable[Movement], day: date) -> tuple[Decimal, Decimal]:
    """:return: owed and deposited at the end of ``day``"""
    done = [movement for movement in movements if movement.on <= day]
    owed = sum((movement.owed for movement in done), ZERO)
    deposited = sum((movement.deposited for movement in done), ZERO)
    return owed, deposited


def _days_of_change(
    terms: Terms,
    start: date,
    maturity: date | None,
    movements: Iterable[Movement],
    until: date,
) -> list[date]:
    days = {start, until, *(movement.on for movement in movements)}
    days |= {start + timedelta(days=age) for age in terms.ages_of_change()}
    if maturity:
        days.add(maturity)
    return sorted(day for day in days if start <= day <= until)
