"""The globe, the detour, the time."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_vehicle.routing import (
    EARTH_RADIUS_KM,
    Distance,
    Estimator,
    Position,
    blocks,
    great_circle_km,
)

SHANGHAI = Position(31.2304, 121.4737)
BEIJING = Position(39.9042, 116.4074)
PLACES = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


def test_radius_is_the_mean_one_of_wgs_84():
    a, b = 6378.137, 6356.752314245
    assert EARTH_RADIUS_KM == pytest.approx((2 * a + b) / 3, abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (Position(0, 0), Position(0, 90), math.pi / 2 * EARTH_RADIUS_KM),
        (Position(90, 0), Position(-90, 0), math.pi * EARTH_RADIUS_KM),
        (Position(0, 179.5), Position(0, -179.5), math.pi / 180 * EARTH_RADIUS_KM),
        (SHANGHAI, BEIJING, 1067.3),
    ],
)
def test_great_circle_of_known_places(one, other, km):
    assert great_circle_km(one, other) == pytest.approx(km, abs=0.1)


@given(PLACES, PLACES)
def test_there_and_back_are_alike_and_on_the_globe(one, other):
    km = great_circle_km(one, other)
    assert km == pytest.approx(great_circle_km(other, one), abs=1e-6)
    assert 0 <= km <= math.pi * EARTH_RADIUS_KM + 1e-6


@given(PLACES)
def test_a_place_is_where_it_is(place):
    assert great_circle_km(place, place) == 0


def test_the_estimate_is_the_great_circle_times_the_detour():
    guess = Estimator(detour=1.3, speed_kmh=60).between(SHANGHAI, BEIJING)
    assert guess == Distance(km=1387.5, minutes=1388)


def test_the_time_follows_from_the_speed():
    assert Estimator(1.3, 120).between(SHANGHAI, BEIJING).minutes == 694


@pytest.mark.parametrize("detour", [0.99, 0, -1, math.nan, math.inf])
def test_no_road_is_shorter_than_the_great_circle(detour):
    with pytest.raises(ValueError):
        Estimator(detour=detour)


@pytest.mark.parametrize("speed", [0, -60, math.nan, math.inf])
def test_the_speed_is_more_than_zero(speed):
    with pytest.raises(ValueError):
        Estimator(speed_kmh=speed)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (60.1, 2), (3600, 60)]
)
def test_a_minute_that_is_begun_counts(seconds, minutes):
    assert Distance.of_road(0, seconds).minutes == minutes


class TestBlocks:
    def test_what_fits_is_one_block(self):
        assert list(blocks(range(100))) == [list(range(100))]

    def test_nothing_is_an_empty_block(self):
        assert list(blocks([])) == [[]]

    @given(st.integers(0, 60), st.integers(2, 20))
    def test_each_pair_is_in_a_block_and_no_block_too_big(self, size, limit):
        made = list(blocks(range(size), limit))
        found = {(a, b) for block in made for a in block for b in block}
        assert all(len(block) <= limit for block in made)
        assert found == {(a, b) for a in range(size) for b in range(size)}
