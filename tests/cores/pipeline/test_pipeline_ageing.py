"""Bands of age follow the limits of a store; searching agrees with computing."""

from datetime import date, timedelta

import pytest

from odoo.addons.dms_vehicle.pipeline import BANDS, age_band, received_between

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "fresh"), (60, "fresh"), (61, "ageing"), (90, "ageing"), (91, "old")],
)
def test_the_last_day_of_a_band_belongs_to_it(days, band):
    assert age_band(days, 60, 90) == band


def test_other_limits_make_other_bands():
    assert age_band(40, 30, 45) == "ageing"
    assert age_band(46, 30, 45) == "old"


@pytest.mark.parametrize("limits", [(60, 90), (30, 45), (0, 0), (1, 2), (90, 90)])
def test_each_day_lies_in_the_range_of_its_band_alone(limits):
    for days in range(200):
        received = TODAY - timedelta(days=days)
        found = [band for band in BANDS if _covers(band, received, limits)]
        assert found == [age_band(days, *limits)]


def _covers(band, day, limits):
    first, last = received_between(band, TODAY, *limits)
    return (first is None or first <= day) and (last is None or day <= last)
