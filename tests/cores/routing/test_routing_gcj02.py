"""The shift of Chinese maps: published examples, and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_vehicle.routing import (
    FROM_DATUM,
    TO_DATUM,
    Position,
    great_circle_km,
    in_china,
    to_gcj02,
    to_wgs84,
)

# WGS-84 and GCJ-02 of the same places, as public converters give them.
PUBLISHED = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
IN_CHINA = st.builds(Position, st.floats(18, 53), st.floats(74, 134))
CENTIMETRE = 1e-5


@pytest.mark.parametrize(("satellite", "drawn"), PUBLISHED)
def test_published_places_are_drawn_where_they_should(satellite, drawn):
    assert to_gcj02(Position(*satellite)) == pytest.approx(drawn, abs=1e-12)


@pytest.mark.parametrize(("satellite", "drawn"), PUBLISHED)
def test_published_places_are_found_again(satellite, drawn):
    assert to_wgs84(Position(*drawn)) == pytest.approx(satellite, abs=1e-8)


@given(IN_CHINA)
def test_there_and_back_is_the_same_place(place):
    assert great_circle_km(to_wgs84(to_gcj02(place)), place) < CENTIMETRE


@given(IN_CHINA)
def test_the_shift_is_less_than_a_kilometre(place):
    assert great_circle_km(to_gcj02(place), place) < 1


@pytest.mark.parametrize("place", [(51.5, -0.1), (-33.9, 151.2), (60.2, 100.0)])
def test_outside_of_china_nothing_is_shifted(place):
    place = Position(*place)
    assert not in_china(place)
    assert to_gcj02(place) == to_wgs84(place) == place


def test_each_datum_leads_to_wgs_84_and_back():
    place = Position(31.1774276, 121.5272106)
    assert FROM_DATUM.keys() == TO_DATUM.keys() == {"wgs84", "gcj02"}
    for name in FROM_DATUM:
        found = FROM_DATUM[name](TO_DATUM[name](place))
        assert found == pytest.approx(place, abs=1e-8)
    assert TO_DATUM["wgs84"](place) == place
