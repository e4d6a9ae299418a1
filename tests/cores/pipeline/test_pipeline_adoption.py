"""When a consigned car has to be paid."""

from datetime import date

import pytest

from odoo.addons.dms_vehicle.pipeline import adoption_date


@pytest.mark.parametrize(
    ("days", "adopted"),
    [
        (0, date(2026, 1, 31)),
        (1, date(2026, 2, 1)),
        (30, date(2026, 3, 2)),
        (60, date(2026, 4, 1)),
        (365, date(2027, 1, 31)),
    ],
)
def test_days_count_from_the_day_of_consignment(days, adopted):
    assert adoption_date(date(2026, 1, 31), days) == adopted


def test_a_leap_day_counts():
    assert adoption_date(date(2028, 2, 1), 30) == date(2028, 3, 2)


def test_what_is_not_consigned_is_not_to_be_paid():
    assert adoption_date(None, 60) is None


def test_days_before_consignment_do_not_exist():
    assert adoption_date(date(2026, 1, 1), -5) == date(2026, 1, 1)
