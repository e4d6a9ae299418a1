"""One VIN is at one place at a time, and needs time to get to another."""

from datetime import datetime, timedelta

import pytest

from odoo.addons.dms_vehicle.fraud import TwoPlaces
from odoo.addons.dms_vehicle.fraud.two_places import distance_km

from tests.cores.fraud.cars import BEIJING, NOWHERE, PUDONG, SHANGHAI, START, Life

RULE = TwoPlaces()
HOUR = timedelta(hours=1)


def standing() -> Life:
    life = Life()
    life.add("received", SHANGHAI)
    return life


def test_a_car_received_elsewhere_while_it_stands_here_is_suspicious() -> None:
    life = standing()
    life.add("received", BEIJING)
    suspicion = life.judged_by(RULE)
    assert (suspicion.first.place, suspicion.second.place) == (SHANGHAI, BEIJING)


def test_a_car_delivered_elsewhere_while_it_stands_here_is_suspicious() -> None:
    life = standing()
    life.add("delivered", BEIJING)
    assert life.judged_by(RULE)


def test_places_need_no_coordinates_for_that() -> None:
    life = standing()
    life.add("received", NOWHERE)
    assert life.judged_by(RULE)


@pytest.mark.parametrize(
    "code, facts",
    [
        ("moved", {"to_store": "BEIJING"}),
        ("delivered", {}),
        ("returned", {"to": "manufacturer"}),
    ],
)
def test_a_car_that_left_before_is_not(code, facts) -> None:
    life = standing()
    life.add(code, SHANGHAI, facts=facts)
    life.add("received", BEIJING)
    assert life.judged_by(RULE) is None


def test_a_move_inside_the_store_is_not_leaving() -> None:
    life = standing()
    life.add("moved", SHANGHAI)
    life.add("received", BEIJING)
    assert life.judged_by(RULE)


def test_received_twice_at_the_same_store_is_not_this_rule() -> None:
    life = standing()
    life.add("received", SHANGHAI)
    assert life.judged_by(RULE) is None


def test_a_service_at_a_sister_store_is_not_two_places() -> None:
    life = standing()
    life.add("serviced", BEIJING)
    assert life.judged_by(RULE) is None


def arriving_after(hours: float, place=BEIJING) -> Life:
    life = standing()
    left = life.add("moved", SHANGHAI, facts={"to_store": "X"})
    life.add("received", place, at=left.at + hours * HOUR)
    return life


@pytest.mark.parametrize("hours, suspicious", [(8, True), (10, False)])
def test_nobody_drives_a_thousand_kilometres_in_eight_hours(hours, suspicious) -> None:
    assert bool(arriving_after(hours).judged_by(RULE)) is suspicious


def test_the_suspicion_says_how_far_and_how_fast() -> None:
    values = arriving_after(2).judged_by(RULE).values
    assert values == {"distance_km": 1067, "hours": 2.0}


def test_how_fast_is_a_parameter() -> None:
    assert arriving_after(8).judged_by(TwoPlaces(speed_kmh=300)) is None


def test_stores_around_the_corner_count_as_one_place() -> None:
    assert arriving_after(0, PUDONG).judged_by(RULE) is None
    assert arriving_after(0, PUDONG).judged_by(TwoPlaces(near_km=1))


def test_an_unknown_place_is_nowhere_near_or_far() -> None:
    assert arriving_after(0, NOWHERE).judged_by(RULE) is None


def test_an_event_of_which_only_the_day_is_known_may_be_at_its_end() -> None:
    life = standing()
    life.add("moved", SHANGHAI, facts={"to_store": "X"}, at=datetime(2026, 4, 1, 9))
    life.add("serviced", BEIJING, at=datetime(2026, 4, 2))
    assert life.judged_by(RULE) is None


def test_papers_do_not_travel() -> None:
    life = standing()
    life.add("sold", BEIJING, at=life.events[0].at)
    assert life.judged_by(RULE) is None


def test_an_event_entered_late_is_compared_with_the_next_one() -> None:
    life = Life()
    life.add("serviced", SHANGHAI, at=START)
    life.add("serviced", BEIJING, at=START - HOUR)
    assert life.judged_by(RULE)


def test_shanghai_and_beijing_are_a_thousand_kilometres_apart() -> None:
    one, other = Life().add("moved", SHANGHAI), Life().add("moved", BEIJING)
    assert distance_km(one, other) == pytest.approx(1067, abs=5)


def test_a_speed_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError):
        TwoPlaces(speed_kmh=0)
