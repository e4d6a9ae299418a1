from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.dms_sales.purchase_tax import full_years, refund

PAID_ON = date(2024, 5, 10)


def back(asked_on, paid="15000"):
    return refund(Decimal(paid), PAID_ON, asked_on)


def test_within_a_year_all_comes_back():
    assert back(PAID_ON) == 15_000
    assert back(date(2025, 5, 9)) == 15_000


def test_each_full_year_costs_a_tenth():
    assert back(date(2025, 5, 10)) == 13_500
    assert back(date(2026, 5, 9)) == 13_500
    assert back(date(2026, 5, 10)) == 12_000


def test_after_ten_years_nothing_is_left():
    assert back(date(2034, 5, 9)) == 1_500
    assert back(date(2034, 5, 10)) == 0
    assert back(date(2044, 5, 10)) == 0


def test_the_refund_is_rounded_half_up_to_the_cent():
    assert back(date(2025, 5, 10), "16796.45") == Decimal("15116.81")


def test_nothing_is_refunded_before_it_was_paid():
    with pytest.raises(ValueError):
        back(date(2024, 5, 9))


def test_a_leap_day_has_its_anniversary_at_the_end_of_february():
    assert full_years(date(2024, 2, 29), date(2025, 2, 27)) == 0
    assert full_years(date(2024, 2, 29), date(2025, 2, 28)) == 1
    assert full_years(date(2024, 2, 29), date(2028, 2, 28)) == 3
    assert full_years(date(2024, 2, 29), date(2028, 2, 29)) == 4


def test_years_count_across_the_turn_of_the_year():
    assert full_years(date(2025, 12, 31), date(2026, 1, 1)) == 0
    assert full_years(date(2025, 12, 31), date(2026, 12, 31)) == 1
