from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from odoo.addons.dms_base.money import cents
from odoo.addons.dms_finance.floorplan import (
    Bracket,
    Curtailment,
    DayCount,
    Movement,
    Terms,
    daily_interest,
    interest,
)

START = date(2026, 1, 5)
DRAWN = Movement(START, Decimal(180_000))
PAID = [
    DRAWN,
    Movement(date(2026, 4, 5), Decimal(-18_000)),
    Movement(date(2026, 5, 5), Decimal(-18_000)),
    Movement(date(2026, 5, 20), Decimal(-144_000)),
]


def oem_finance(day_count=DayCount.ACT_360, **changes):
    """180,000 at 6 %, sixty days free, two curtailments of a tenth."""
    terms = {
        "day_count": day_count,
        "brackets": [Bracket(0, Decimal(6))],
        "free_days": 60,
        "curtailments": [Curtailment(90, Decimal(10)), Curtailment(120, Decimal(10))],
    }
    return Terms(**terms | changes)


def charged(terms, until, movements=PAID, maturity=None):
    return cents(interest(terms, START, maturity, movements, until))


def test_the_worked_example_with_a_year_of_360_days():
    assert charged(oem_finance(), date(2026, 5, 20)) == Decimal("2070.00")


def test_the_worked_example_with_a_year_of_365_days():
    terms = oem_finance(DayCount.ACT_365)
    assert charged(terms, date(2026, 5, 20)) == Decimal("2041.64")


def test_the_worked_example_section_by_section():
    terms = oem_finance()
    until = [date(2026, 3, 6), date(2026, 4, 5), date(2026, 5, 5), date(2026, 5, 20)]
    totals = [charged(terms, day) for day in until]
    assert [after - before for before, after in pairwise(totals)] == [900, 810, 360]


def test_free_days_cost_nothing_and_the_next_day_does():
    assert charged(oem_finance(), START + timedelta(60), [DRAWN]) == 0
    assert charged(oem_finance(), START + timedelta(61), [DRAWN]) == 30


def test_the_day_of_drawing_counts_and_the_day_of_payment_does_not():
    terms = oem_finance(free_days=0)
    paid = Movement(START + timedelta(1), Decimal(-180_000))
    assert charged(terms, START + timedelta(30), [DRAWN, paid]) == 30


def test_nothing_runs_before_the_drawing():
    assert charged(oem_finance(free_days=0), START - timedelta(9), [DRAWN]) == 0
    assert charged(oem_finance(free_days=0), START, [DRAWN]) == 0


def test_an_older_car_costs_more():
    brackets = [Bracket(90, Decimal(9)), Bracket(0, Decimal(6))]
    terms = oem_finance(brackets=brackets, free_days=0)
    assert charged(terms, START + timedelta(90), [DRAWN]) == 90 * 30
    assert charged(terms, START + timedelta(91), [DRAWN]) == 90 * 30 + 45


def test_brackets_that_begin_late_leave_the_time_before_free():
    terms = oem_finance(brackets=[Bracket(75, Decimal(6))], free_days=0)
    assert charged(terms, START + timedelta(75), [DRAWN]) == 0
    assert charged(terms, START + timedelta(76), [DRAWN]) == 30


def test_a_leap_day_is_a_day():
    start = date(2028, 2, 28)
    drawn = Movement(start, Decimal(180_000))
    terms = oem_finance(free_days=0)
    assert cents(interest(terms, start, None, [drawn], date(2028, 3, 1))) == 60


def test_the_order_of_the_movements_plays_no_part():
    terms = oem_finance()
    assert charged(terms, date(2026, 5, 20), PAID[::-1]) == Decimal("2070.00")


@pytest.mark.parametrize("day_count", DayCount)
def test_the_days_add_up_to_the_whole(day_count):
    terms = oem_finance(day_count, late_percent=Decimal("0.05"))
    maturity = date(2026, 5, 1)
    days = [START + timedelta(n) for n in range(150)]
    daily = sum(daily_interest(terms, START, maturity, PAID, day) for day in days)
    whole = interest(terms, START, maturity, PAID, days[-1] + timedelta(1))
    assert abs(daily - whole) < Decimal("1e-15")


@pytest.mark.parametrize("day_count", DayCount)
def test_booking_month_by_month_loses_no_cent(day_count):
    terms = oem_finance(day_count)
    ends = [date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
    booked = Decimal(0)
    for until in [*ends, date(2026, 5, 20)]:
        booked += charged(terms, until) - booked
    assert booked == charged(terms, date(2026, 5, 20))


def test_half_a_cent_is_rounded_up():
    assert cents(Decimal("0.005")) == Decimal("0.01")
    assert cents(Decimal("2.675")) == Decimal("2.68")
    assert cents(Decimal("-0.005")) == Decimal("-0.01")
