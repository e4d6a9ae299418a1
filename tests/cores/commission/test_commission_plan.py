import json
from decimal import Decimal

import pytest

from odoo.addons.dms_sales.commission import (
    RULES,
    GrossShare,
    Ladder,
    Penetration,
    PerUnit,
    Plan,
    PlanError,
)

ALL = (
    PerUnit("unit", Decimal("300.50"), "insured"),
    GrossShare("front", Decimal("2.5"), ("car", "loan"), True),
    Ladder("units", ((1, Decimal(100)), (5, Decimal("200.5"))), False),
    Penetration("finance", "financed", Decimal(60), Decimal(1_000), True),
)


def refusal(*rules, **more):
    with pytest.raises(PlanError) as caught:
        Plan(rules, **more)
    return caught.value.code, caught.value.rule


def misread(**item):
    with pytest.raises(PlanError) as caught:
        Plan.from_json({"rules": [item]})
    return caught.value.code, caught.value.rule


@pytest.mark.parametrize("cap", [None, Decimal(0), Decimal("12000.00")])
def test_a_plan_survives_being_written_down(cap):
    plan = Plan(ALL, cap)
    assert Plan.from_json(json.loads(json.dumps(plan.as_json()))) == plan


def test_all_kinds_of_rules_can_be_written_down():
    assert {rule.kind for rule in ALL} == set(RULES)


def test_what_is_written_down_holds_no_floats():
    text = json.dumps(Plan(ALL, Decimal("0.5")).as_json())
    assert json.loads(text, parse_float=pytest.fail)


def test_it_is_written_as_people_would():
    assert Plan((PerUnit("unit", Decimal(300)),)).as_json() == {
        "rules": [{"kind": "per_unit", "name": "unit", "amount": "300", "flag": ""}],
        "cap": None,
    }


def test_what_is_left_out_is_as_usual():
    read = Plan.from_json(
        {"rules": [{"kind": "gross_share", "name": "a", "percent": "5"}]}
    )
    assert read == Plan((GrossShare("a", Decimal(5)),))
    assert Plan.from_json({}) == Plan()


def test_what_cannot_be_read_is_refused():
    assert misread(kind="magic", name="a") == ("kind", "a")
    assert misread(name="a") == ("kind", "a")
    assert misread(kind="per_unit", name="a") == ("field", "a")
    assert misread(kind="per_unit", name="a", amount="much") == ("field", "a")
    assert misread(kind="per_unit", name="a", amount=None) == ("field", "a")
    assert misread(kind="per_unit", name="a", amount="1", colour="red") == (
        *("field", "a"),
    )
    assert misread(kind="ladder", name="a", steps=[["one", "2"]]) == ("field", "a")


@pytest.mark.parametrize("amount", [0.1, "NaN", "Infinity", "-Infinity"])
def test_numbers_are_exact_and_finite(amount):
    assert misread(kind="per_unit", name="a", amount=amount) == ("field", "a")
    with pytest.raises(PlanError, match="field"):
        Plan.from_json({"cap": amount})


def test_each_rule_has_a_name_of_its_own():
    assert refusal(PerUnit("", Decimal(1))) == ("name", "")
    twice = (PerUnit("a", Decimal(1)), GrossShare("a", Decimal(1)))
    assert refusal(*twice) == ("name", "a")


def test_nothing_is_below_zero():
    less = Decimal(-1)
    assert refusal(PerUnit("a", less)) == ("negative", "a")
    assert refusal(Ladder("a", ((1, less),))) == ("negative", "a")
    assert refusal(Penetration("a", "x", Decimal(1), less)) == ("negative", "a")
    assert refusal(cap=less) == ("negative", "")


@pytest.mark.parametrize("percent", [Decimal(-1), Decimal("100.01")])
def test_a_share_is_between_zero_and_all(percent):
    assert refusal(GrossShare("a", percent)) == ("percent", "a")
    assert refusal(Penetration("a", "x", percent, Decimal(1))) == ("percent", "a")


@pytest.mark.parametrize("starts", [(), (0,), (5, 5), (5, 1)])
def test_a_ladder_rises_from_the_first_car_or_later(starts):
    steps = tuple((start, Decimal(1)) for start in starts)
    assert refusal(Ladder("a", steps)) == ("steps", "a")


def test_a_bonus_looks_at_a_flag():
    assert refusal(Penetration("a", "", Decimal(1), Decimal(1))) == ("flag", "a")
