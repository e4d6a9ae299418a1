from datetime import date

import pytest

from odoo.addons.dms_sales.tracking import CODES, Facts, track

DAY = date(2026, 3, 2)


def states(**facts: object) -> dict[str, str]:
    return {step.code: step.state for step in track(Facts(**facts))}


def step(code: str, **facts: object):
    return next(one for one in track(Facts(**facts)) if one.code == code)


def test_the_steps_stand_in_their_order() -> None:
    assert [one.code for one in track(Facts())] == list(CODES)


def test_an_order_waits_for_its_car_to_be_built() -> None:
    assert states(ordered=DAY) == {
        "ordered": "done",
        "produced": "now",
        "on_the_way": "later",
        "at_the_store": "later",
        "checked": "later",
        "registered": "later",
        "ready": "later",
        "delivered": "later",
    }


def test_a_step_tells_its_day() -> None:
    assert step("ordered", ordered=DAY).on == DAY


def test_a_fact_without_a_day_is_a_fact() -> None:
    assert step("produced", produced=True).state == "done"
    assert step("produced", produced=True).on is None


def test_a_car_in_the_store_was_built_and_came() -> None:
    found = states(at_the_store=DAY)
    assert {found[code] for code in CODES[:4]} == {"done"}
    assert found["checked"] == "now"


def test_a_check_proves_nothing_about_the_way() -> None:
    """A car may be checked in the store that sends it."""
    assert states(ordered=DAY, checked=DAY)["at_the_store"] == "later"


@pytest.mark.parametrize("code", ["checked", "registered", "ready"])
def test_what_the_store_does_not_do_is_shown_once_it_is_done(code: str) -> None:
    elsewhere = frozenset({code})
    assert code not in states(not_here=elsewhere)
    assert states(not_here=elsewhere, **{code: DAY})[code] == "done"


def test_a_delivered_car_has_been_through_all() -> None:
    found = states(delivered=DAY, registered=DAY)
    assert set(found.values()) == {"done"}


def test_plates_may_follow_the_car() -> None:
    found = states(delivered=DAY)
    assert found.pop("registered") == "now"
    assert set(found.values()) == {"done"}


@pytest.mark.parametrize(
    ("code", "fact"), [("at_the_store", "expected"), ("delivered", "appointment")]
)
def test_what_is_planned_is_told_until_it_is_done(code: str, fact: str) -> None:
    assert step(code, **{fact: DAY}).planned == DAY
    assert step(code, **{fact: DAY, code: DAY}).planned is None


def test_only_one_step_is_next() -> None:
    found = states(ordered=DAY, at_the_store=DAY, checked=DAY)
    assert list(found.values()).count("now") == 1
    assert found["registered"] == "now"
