"""The simulator speaks what our reader reads, and refuses as OSRM does."""

import json
import urllib.error
import urllib.request

import pytest

from odoo.addons.dms_vehicle.routing import (
    Position,
    RouterRefused,
    great_circle_km,
    nearest_url,
    read_code,
    read_route,
    read_table,
    route_url,
    table_url,
)

from dms_simulator import Fault
from dms_simulator.osrm import Osrm

SHANGHAI = Position(31.2304, 121.4737)
BEIJING = Position(39.9042, 116.4074)
GUANGZHOU = Position(23.1291, 113.2644)
ALL = [SHANGHAI, BEIJING, GUANGZHOU]


@pytest.fixture
def router():
    with Osrm() as running:
        yield running


def get(url):
    """:return: status and body"""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def table(router, places=ALL):
    return read_table(get(table_url(router.url, places))[1], len(places))


def refusal(url):
    status, content = get(url)
    assert status == 400
    with pytest.raises(RouterRefused) as caught:
        read_code(content)
    return caught.value.code


class TestAnswers:
    def test_roads_are_longer_than_the_great_circle(self, router):
        way = table(router).between(0, 1)
        straight = great_circle_km(SHANGHAI, BEIJING)
        assert 1.14 * straight < way.km < 1.46 * straight

    def test_each_run_answers_the_same(self, router):
        first = table(router)
        with Osrm() as other:
            assert table(other) == first

    def test_there_and_back_are_not_alike(self, router):
        ways = table(router)
        assert ways.between(0, 1) != ways.between(1, 0)

    def test_the_own_place_is_no_way(self, router):
        assert table(router).between(0, 0).km == 0

    def test_table_and_route_agree(self, router):
        route = read_route(get(route_url(router.url, ALL))[1])
        ways = table(router)
        assert route.legs == [ways.between(0, 1), ways.between(1, 2)]
        assert route.line == ALL

    def test_an_island_has_no_way(self, router):
        router.islands.add((BEIJING.longitude, BEIJING.latitude))
        assert table(router).between(0, 1) is None
        assert table(router).between(0, 2)
        assert refusal(route_url(router.url, ALL)) == "NoRoute"

    def test_a_place_off_the_map_is_found_out(self, router):
        router.far[BEIJING.longitude, BEIJING.latitude] = 900_000.0
        assert table(router).between(1, 2) is None

    def test_nearest_is_a_sign_of_life(self, router):
        status, content = get(nearest_url(router.url, SHANGHAI))
        read_code(content)
        assert status == 200

    def test_rows_and_columns_can_be_chosen(self, router):
        url = table_url(router.url, ALL) + "&sources=0&destinations=1;2"
        answer = json.loads(get(url)[1])
        assert [len(row) for row in answer["distances"]] == [2]


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "code"),
        [
            ("/table/v1/driving", "InvalidUrl"),
            ("/match/v1/driving/1,2;3,4", "InvalidService"),
            ("/table/v2/driving/1,2;3,4", "InvalidVersion"),
            ("/table/v1/driving/1,2;3", "InvalidQuery"),
            ("/table/v1/driving/1,2;a,b", "InvalidQuery"),
            ("/table/v1/driving/31.2,121.5;1,2", "InvalidOptions"),
            ("/table/v1/driving/1,2", "InvalidOptions"),
            ("/nearest/v1/driving/1,2;3,4", "InvalidOptions"),
            ("/table/v1/driving/1,2;3,4?annotations=speed", "InvalidQuery"),
            ("/table/v1/driving/1,2;3,4?sources=7", "InvalidQuery"),
            ("/route/v1/driving/1,2;3,4?geometries=polyline", "InvalidQuery"),
        ],
    )
    def test_it_says_why(self, router, path, code):
        assert refusal(router.url + path) == code

    def test_too_many_places(self, router):
        router.max_table = 2
        assert refusal(table_url(router.url, ALL)) == "TooBig"


class TestFaults:
    def test_a_question_fails_as_told(self, router):
        router.faults.add(Fault(status=503))
        url = table_url(router.url, ALL)
        assert get(url)[0] == 503
        assert get(url)[0] == 200
        assert len(router.ledger.received) == 2
        assert len(router.ledger.effects) == 1

    def test_a_line_can_drop(self, router):
        router.faults.add(Fault(drop="before"))
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            urllib.request.urlopen(table_url(router.url, ALL), timeout=5)

    def test_the_root_is_a_test_of_the_connection_and_takes_no_fault(self, router):
        router.faults.add(Fault(status=503))
        assert get(router.url + "/")[0] == 200
        assert get(table_url(router.url, ALL))[0] == 503
