"""Diversion 串货: the first delivery and service are in the region of the order."""

import pytest

from odoo.addons.dms_vehicle.fraud import Diversion

from tests.cores.fraud.cars import BEIJING, NOWHERE, PUDONG, SHANGHAI, SUZHOU, Life


def ordered(place=SHANGHAI) -> Life:
    life = Life()
    life.add("ordered", place)
    life.add("received", place)
    return life


def test_a_delivery_in_another_region_is_suspicious() -> None:
    life = ordered()
    life.add("delivered", BEIJING)
    suspicion = life.judged_by(Diversion())
    assert suspicion.first.code == "vehicle.ordered"
    assert suspicion.second.place == BEIJING


def test_a_delivery_at_the_store_of_the_order_is_not() -> None:
    life = ordered()
    life.add("delivered")
    assert life.judged_by(Diversion()) is None


def test_a_delivery_by_another_store_of_the_region_is_not() -> None:
    life = ordered()
    life.add("moved", facts={"to_store": "PUDONG"})
    life.add("received", PUDONG, facts={"from_store": "SHANGHAI"})
    life.add("delivered", PUDONG)
    assert life.judged_by(Diversion()) is None


def test_the_first_service_in_another_region_is_suspicious() -> None:
    life = ordered()
    life.add("delivered")
    life.add("serviced", BEIJING)
    assert life.judged_by(Diversion())


def test_a_later_service_in_another_region_is_not() -> None:
    life = ordered()
    life.add("delivered")
    life.add("serviced")
    life.add("serviced", BEIJING)
    assert life.judged_by(Diversion()) is None


def test_the_service_after_a_diverted_delivery_is_the_same_evidence() -> None:
    life = ordered()
    life.add("delivered", BEIJING)
    delivery = life.judged_by(Diversion())
    life.add("serviced", BEIJING)
    assert life.judged_by(Diversion()).key == delivery.key


def test_a_car_resold_elsewhere_after_its_return_is_not() -> None:
    life = ordered()
    life.add("delivered")
    life.add("returned", facts={"from": "customer"})
    life.add("delivered", BEIJING)
    assert life.judged_by(Diversion()) is None


def test_a_transfer_to_another_region_does_not_move_the_allocation() -> None:
    life = transferred()
    assert life.judged_by(Diversion())


def test_but_it_does_if_the_rule_says_so() -> None:
    life = transferred()
    assert life.judged_by(Diversion(transfer_moves=True)) is None


def test_an_arrival_without_a_transfer_document_never_moves_it() -> None:
    life = ordered()
    life.add("received", BEIJING)
    life.add("delivered", BEIJING)
    assert life.judged_by(Diversion(transfer_moves=True))


def transferred() -> Life:
    life = ordered()
    life.add("moved", facts={"to_store": "BEIJING"})
    life.add("ordered", BEIJING)
    life.add("received", BEIJING, facts={"from_store": "SHANGHAI"})
    life.add("delivered", BEIJING)
    return life


def test_a_car_given_back_to_its_maker_is_allocated_anew() -> None:
    life = ordered()
    life.add("returned", facts={"to": "manufacturer"})
    life.add("received", BEIJING)
    life.add("delivered", BEIJING)
    assert life.judged_by(Diversion()) is None


@pytest.mark.parametrize("regions, suspicious", [("store", True), ("top", False)])
def test_regions_may_be_those_of_the_highest_level(regions, suspicious) -> None:
    life = ordered()
    life.add("delivered", SUZHOU)
    assert bool(life.judged_by(Diversion(regions=regions))) is suspicious


def test_another_region_of_the_highest_level_is_suspicious_at_each_level() -> None:
    life = ordered()
    life.add("delivered", BEIJING)
    assert life.judged_by(Diversion(regions="top"))


def test_a_store_without_a_region_is_not_suspicious() -> None:
    life = ordered()
    life.add("delivered", NOWHERE)
    assert life.judged_by(Diversion()) is None


def test_a_car_that_came_from_nowhere_is_not_suspicious() -> None:
    life = Life()
    life.add("ownership")
    life.add("serviced", BEIJING)
    assert life.judged_by(Diversion()) is None


def test_other_events_in_another_region_are_not() -> None:
    life = ordered()
    life.add("odometer", BEIJING)
    assert life.judged_by(Diversion()) is None


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError):
        Diversion(regions="city")
