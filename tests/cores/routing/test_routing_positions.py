"""Coordinates: what people get wrong is said, what they mean is understood."""

import pytest

from odoo.addons.dms_vehicle.routing import (
    Position,
    PositionProblem,
    check_position,
    great_circle_km,
)

from demo.stores import STORES

SHANGHAI = Position(31.2304, 121.4737)
URUMQI = Position(43.8256, 87.6168)


def problem(latitude, longitude, in_china=False):
    with pytest.raises(PositionProblem) as caught:
        check_position(Position(latitude, longitude), in_china)
    return caught.value.code


@pytest.mark.parametrize("place", [SHANGHAI, URUMQI, Position(3.9, 112.1)])
def test_a_place_in_china_is_accepted(place):
    assert check_position(place, in_china=True) == place


def test_a_place_elsewhere_is_accepted():
    assert check_position(Position(-33.86, 151.21)) == (-33.86, 151.21)


@pytest.mark.parametrize("place", [SHANGHAI, URUMQI])
def test_exchanged_coordinates_of_a_place_in_china_are_found(place):
    assert problem(*place.swapped, in_china=True) == "swapped"


def test_elsewhere_nobody_knows_which_is_which():
    swapped = URUMQI.swapped
    assert check_position(swapped) == swapped


def test_zero_zero_is_no_place():
    assert problem(0, 0) == "unset"
    assert not Position(0, 0).is_set


@pytest.mark.parametrize("place", [(31.2, 0), (0, 121.4)])
def test_half_a_place_is_found_in_china(place):
    assert problem(*place, in_china=True) == "incomplete"


def test_the_equator_and_greenwich_are_places():
    assert check_position(Position(0, 32.5)).is_set
    assert check_position(Position(51.5, 0)).is_set


@pytest.mark.parametrize("place", [(90.1, 10), (-91, 10), (10, 180.1), (10, -181)])
def test_a_place_off_the_globe_is_refused(place):
    assert problem(*place) == "range"


@pytest.mark.parametrize("place", [(90, 180), (-90, -180)])
def test_the_poles_and_the_date_line_are_on_the_globe(place):
    assert check_position(Position(*place)) == place


class TestDemo:
    @pytest.mark.parametrize("store", STORES, ids=lambda store: store.code)
    def test_a_store_of_the_demo_lies_in_china(self, store):
        place = Position(store.latitude, store.longitude)
        assert check_position(place, in_china=True) == place

    def test_stores_of_the_demo_are_not_in_each_others_yard(self):
        places = [Position(store.latitude, store.longitude) for store in STORES]
        for number, place in enumerate(places):
            others = places[:number]
            assert all(great_circle_km(place, other) > 50 for other in others)
