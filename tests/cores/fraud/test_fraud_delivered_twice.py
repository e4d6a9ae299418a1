"""A car is delivered once, until it comes back."""

from odoo.addons.dms_vehicle.fraud import DeliveredTwice

from tests.cores.fraud.cars import BEIJING, START, Life

RULE = DeliveredTwice()


def delivered() -> Life:
    life = Life()
    life.add("received")
    life.add("delivered")
    return life


def test_a_second_delivery_is_suspicious() -> None:
    life = delivered()
    life.add("delivered", BEIJING)
    suspicion = life.judged_by(RULE)
    assert (suspicion.first.id, suspicion.second.id) == (2, 3)


def test_the_first_delivery_is_not() -> None:
    assert delivered().judged_by(RULE) is None


def test_a_delivery_after_a_return_is_not() -> None:
    life = delivered()
    life.add("returned", facts={"from": "customer"})
    life.add("delivered")
    assert life.judged_by(RULE) is None


def test_a_delivery_after_a_trade_in_is_not() -> None:
    life = delivered()
    life.add("received", BEIJING)
    life.add("delivered", BEIJING)
    assert life.judged_by(RULE) is None


def test_each_delivery_needs_a_return_of_its_own() -> None:
    life = delivered()
    life.add("returned", facts={"from": "customer"})
    life.add("delivered")
    life.add("delivered")
    assert life.judged_by(RULE).first.id == 4


def test_going_back_to_the_maker_is_no_return_by_the_customer() -> None:
    life = delivered()
    life.add("returned", facts={"to": "manufacturer"})
    life.add("delivered")
    assert life.judged_by(RULE)


def test_service_and_new_owners_in_between_excuse_nothing() -> None:
    life = delivered()
    life.add("serviced")
    life.add("ownership")
    life.add("delivered")
    assert life.judged_by(RULE)


def test_a_delivery_entered_late_is_compared_with_the_next_one() -> None:
    life = delivered()
    life.add("delivered", at=START)
    assert life.judged_by(RULE) is None, "the car was received in between"
    life.add("delivered", at=life.events[1].at)
    assert life.judged_by(RULE)


def test_another_event_is_not_judged() -> None:
    life = delivered()
    life.add("serviced")
    assert life.judged_by(RULE) is None
