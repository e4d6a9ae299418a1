"""Months as they stand in files of makers."""

from datetime import date, datetime

import pytest

from odoo.addons.dms_vehicle.pipeline import MonthError, month_of

NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11",
        "2026/11",
        "2026.11",
        "202611",
        "2026年11月",
        "２０２６年１１月",
        "2026-11-30",
        "2026-11-30 00:00:00",
        "2026-11-30T08:00:00",
        "2026年11月5日",
        " 2026-11 ",
    ],
)
def test_it_is_the_first_of_its_month(text):
    assert month_of(text) == NOVEMBER


def test_a_day_and_a_moment_have_a_month():
    assert month_of(date(2026, 11, 30)) == NOVEMBER
    assert month_of(datetime(2026, 11, 30, 8)) == NOVEMBER


@pytest.mark.parametrize("text", ["", None, "2026", "2026-13", "2026-0", "November"])
def test_all_else_is_none(text):
    with pytest.raises(MonthError):
        month_of(text)
