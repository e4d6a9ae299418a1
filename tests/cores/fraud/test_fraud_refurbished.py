"""Refurbished 翻新: a new car had no other owner and no repair."""

from odoo.addons.dms_vehicle.fraud import Refurbished

from tests.cores.fraud.cars import SHANGHAI, Life, Place

RULE = Refurbished()


def in_stock() -> Life:
    life = Life()
    life.add("received")
    return life


def test_a_car_with_an_earlier_owner_is_suspicious() -> None:
    life = in_stock()
    life.add("ownership", person="a1")
    life.add("delivered", person="b2")
    assert life.judged_by(RULE).first.person == "a1"


def test_a_car_with_an_earlier_repair_is_suspicious() -> None:
    life = in_stock()
    life.add("serviced")
    life.add("delivered")
    assert life.judged_by(RULE).first.code == "vehicle.serviced"


def test_a_car_that_a_customer_returned_is_suspicious() -> None:
    life = in_stock()
    life.add("delivered", person="a1")
    life.add("returned", facts={"from": "customer"})
    life.add("delivered", person="b2")
    assert life.judged_by(RULE)


def test_a_car_straight_from_its_maker_is_not() -> None:
    life = Life()
    for code in ("ordered", "produced", "shipped", "received", "moved", "sold"):
        life.add(code)
    life.add("delivered")
    assert life.judged_by(RULE) is None


def test_the_same_owner_before_is_not() -> None:
    life = in_stock()
    life.add("ownership", person="a1")
    life.add("delivered", person="a1")
    assert life.judged_by(RULE) is None


def test_a_forgotten_owner_before_is_nobody_of_today() -> None:
    life = in_stock()
    life.add("ownership", person="")
    life.add("delivered", person="")
    assert life.judged_by(RULE)


def test_a_car_sold_as_used_is_not() -> None:
    life = in_stock()
    life.add("serviced")
    life.add("delivered", used=True)
    assert life.judged_by(RULE) is None


def test_a_used_car_store_sells_used_cars() -> None:
    life = in_stock()
    life.add("serviced")
    life.add("delivered", Place(9, sells_used=True))
    assert life.judged_by(RULE) is None


def test_the_check_of_a_new_car_is_no_repair() -> None:
    life = in_stock()
    life.add("serviced", facts={"service": "pdi"})
    life.add("delivered", SHANGHAI)
    assert life.judged_by(RULE) is None
    assert life.judged_by(Refurbished(harmless_services=[]))


def test_what_comes_after_the_delivery_is_not() -> None:
    life = in_stock()
    life.add("delivered", person="a1")
    life.add("ownership", person="b2")
    assert life.judged_by(RULE) is None
