"""OSRM's wire format: addresses, answers, refusals, and what is none of these."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from odoo.addons.dms_vehicle.routing import (
    Distance,
    Position,
    PositionProblem,
    RouterRefused,
    Unreadable,
    nearest_url,
    read_code,
    read_route,
    read_table,
    route_url,
    table_url,
)

SHANGHAI = Position(31.2304, 121.4737)
BEIJING = Position(39.9042, 116.4074)
BOTH = [SHANGHAI, BEIJING]


def body(**content):
    return json.dumps({"code": "Ok"} | content).encode()


def table(distances=((0, 1200), (1300, 0)), durations=((0, 90), (60, 0)), **more):
    return body(distances=distances, durations=durations, **more)


class TestRequest:
    def test_longitude_comes_first(self):
        path = urlsplit(table_url("https://osrm.example", BOTH)).path
        assert path == ("/table/v1/driving/121.473700,31.230400;116.407400,39.904200")

    def test_a_table_asks_for_both_measures(self):
        url = table_url("https://osrm.example", BOTH)
        assert url.endswith("?annotations=duration,distance")

    def test_a_route_asks_for_a_line_to_draw(self):
        url = urlsplit(route_url("https://osrm.example/", BOTH))
        assert url.path.startswith("/route/v1/driving/121.473700,31.230400;")
        options = {"overview": ["simplified"], "geometries": ["geojson"]}
        assert parse_qs(url.query) == options

    def test_nearest_needs_one_place(self):
        url = nearest_url("https://osrm.example", SHANGHAI)
        assert url.endswith("/nearest/v1/driving/121.473700,31.230400?number=1")

    def test_a_path_before_it_stays(self):
        url = table_url("https://maps.example/osrm/", BOTH)
        assert url.startswith("https://maps.example/osrm/table/v1/")

    def test_a_profile_cannot_leave_its_place(self):
        url = table_url("https://osrm.example", BOTH, profile="../x?y")
        assert "/table/v1/..%2Fx%3Fy/121" in url

    @pytest.mark.parametrize("places", [[], [SHANGHAI]])
    def test_two_places_are_needed(self, places):
        with pytest.raises(ValueError, match="two places"):
            table_url("https://osrm.example", places)

    def test_a_place_that_is_none_is_not_asked_for(self):
        with pytest.raises(PositionProblem, match="unset"):
            table_url("https://osrm.example", [SHANGHAI, Position(0, 0)])


class TestTable:
    def test_metres_and_seconds_become_kilometres_and_minutes(self):
        ways = read_table(table(), 2)
        assert ways.between(0, 1) == Distance(1.2, 2)
        assert ways.between(1, 0) == Distance(1.3, 1)

    def test_no_way_is_none(self):
        ways = read_table(table(distances=[[0, None], [5, 0]]), 2)
        assert ways.between(0, 1) is None
        assert ways.between(1, 0)

    def test_a_way_without_time_is_none(self):
        ways = read_table(table(durations=[[0, None], [5, 0]]), 2)
        assert ways.between(0, 1) is None

    def test_a_place_off_the_map_has_no_way(self):
        """A router that knows another country takes its border for the place."""
        sources = [{"distance": 10.0}, {"distance": 1_500_000.0}]
        ways = read_table(table(sources=sources), 2)
        assert ways.between(0, 1) is ways.between(1, 0) is None

    @pytest.mark.parametrize("sources", [None, [], [{}], [{}, {}], ["x", 1]])
    def test_without_waypoints_the_ways_count(self, sources):
        assert read_table(table(sources=sources), 2).between(0, 1)

    @pytest.mark.parametrize(
        "distances", [None, [], [[0, 1]], [[0, 1], [1]], [[0, 1], None], "ab"]
    )
    def test_another_size_is_no_answer(self, distances):
        with pytest.raises(Unreadable, match="distances is not 2 × 2"):
            read_table(table(distances=distances), 2)

    @pytest.mark.parametrize("value", [-1, "12", True, float("nan"), float("inf"), []])
    def test_what_is_no_number_is_no_answer(self, value):
        with pytest.raises(Unreadable, match="no distance"):
            read_table(table(distances=[[0, value], [1, 0]]), 2)


class TestRoute:
    LEG = {"distance": 1000, "duration": 120, "summary": "", "steps": []}

    def route(self, **more):
        route = {"distance": 2000, "duration": 240, "legs": [self.LEG] * 2} | more
        return body(routes=[route], waypoints=[])

    def test_a_route_has_legs_and_a_line(self):
        line = {"type": "LineString", "coordinates": [[121.5, 31.2], [116.4, 39.9]]}
        route = read_route(self.route(geometry=line))
        assert route.distance == Distance(2.0, 4)
        assert route.legs == [Distance(1.0, 2)] * 2
        assert route.line == [Position(31.2, 121.5), Position(39.9, 116.4)]

    def test_a_route_needs_no_line(self):
        assert read_route(self.route()).line == []

    @pytest.mark.parametrize("content", [{}, {"routes": []}, {"routes": [{}]}])
    def test_what_lacks_a_route_is_no_answer(self, content):
        with pytest.raises(Unreadable):
            read_route(body(**content))

    def test_no_way_is_a_refusal(self):
        with pytest.raises(RouterRefused) as caught:
            read_route(b'{"code": "NoRoute", "message": "Impossible route"}')
        assert caught.value.code == "NoRoute"
        assert str(caught.value) == (
            "NoRoute: there is no way between the places: Impossible route"
        )


class TestCode:
    def test_ok_is_silent(self):
        read_code(body())

    @pytest.mark.parametrize("code", ["InvalidQuery", "TooBig", "NoSegment", "NoTable"])
    def test_a_refusal_says_what_it_means(self, code):
        with pytest.raises(RouterRefused, match=f"^{code}: [a-z]"):
            read_code(json.dumps({"code": code}).encode())

    def test_a_new_code_is_a_refusal_too(self):
        with pytest.raises(RouterRefused, match="NewCode: it answered with a code"):
            read_code(b'{"code": "NewCode"}')

    @pytest.mark.parametrize(
        "answer", [b"", b"<html>", b"[]", b"{}", b'{"code": 5}', b"\xff\xfe", b"null"]
    )
    def test_anything_else_is_no_answer(self, answer):
        with pytest.raises(Unreadable):
            read_code(answer)
