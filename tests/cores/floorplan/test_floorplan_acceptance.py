"""Bill of 1,000,000 for five cars, a fifth of it deposited."""

from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.dms_base.money import cents
from odoo.addons.dms_finance.floorplan import (
    DayCount,
    Movement,
    Terms,
    deposit_interest,
    fee,
    interest,
    release_amount,
)

FACE = Decimal(1_000_000)
CAR = Decimal(200_000)
DRAWN = date(2026, 1, 5)
MATURITY = DRAWN + timedelta(180)
TERMS = Terms(deposit_percent=Decimal(20), late_percent=Decimal("0.05"))
HELD = Movement(DRAWN, CAR, Decimal(40_000))


def test_the_fee():
    assert fee(FACE, Decimal("0.05")) == Decimal("500.00")


def test_the_deposit_earns_interest():
    earned = deposit_interest(Decimal(200_000), Decimal("1.3"), 180, DayCount.ACT_360)
    assert earned == Decimal("1300.00")


def test_a_car_is_released_against_the_rest():
    assert release_amount(CAR, Decimal(20)) == 160_000


def test_three_releases_leave_320_000_at_risk():
    released = 3 * release_amount(CAR, Decimal(20))
    assert FACE - Decimal(200_000) - released == 320_000


def test_ten_days_late_cost_1600():
    days = MATURITY + timedelta(10)
    late = [interest(TERMS, DRAWN, MATURITY, [HELD], days) for _car in range(2)]
    assert cents(sum(late)) == Decimal("1600.00")


def test_a_released_car_is_not_late():
    released = Movement(MATURITY - timedelta(1), Decimal(0), Decimal(160_000))
    until = MATURITY + timedelta(10)
    assert interest(TERMS, DRAWN, MATURITY, [HELD, released], until) == 0


def test_a_bill_costs_nothing_until_it_is_due():
    assert interest(TERMS, DRAWN, MATURITY, [HELD], MATURITY) == 0
