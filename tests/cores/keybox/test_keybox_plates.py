"""Temporary plates: thirty days, three per car."""

from datetime import date, timedelta

import pytest

from odoo.addons.dms_vehicle.keybox import MOST_DAYS, MOST_PLATES, plate_problem

FIRST = date(2026, 11, 1)


def days(number):
    return FIRST + timedelta(days=number - 1)


@pytest.mark.parametrize("number", [1, 15, MOST_DAYS])
def test_up_to_thirty_days(number):
    assert plate_problem(FIRST, days(number), 0) == ""


def test_not_a_day_more():
    assert plate_problem(FIRST, days(MOST_DAYS + 1), 0) == "too_long"


def test_not_backwards():
    assert plate_problem(FIRST, FIRST - timedelta(days=1), 0) == "backwards"


@pytest.mark.parametrize("dates", [(None, FIRST), (FIRST, None), (None, None)])
def test_not_without_its_days(dates):
    assert plate_problem(*dates, 0) == "no_dates"


def test_three_per_car():
    assert plate_problem(FIRST, days(15), MOST_PLATES - 1) == ""
    assert plate_problem(FIRST, days(15), MOST_PLATES) == "too_many"
