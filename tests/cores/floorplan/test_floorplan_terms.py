import json
from decimal import Decimal

import pytest

from odoo.addons.dms_finance.floorplan import (
    Bracket,
    Curtailment,
    DayCount,
    Terms,
    TermsError,
)


def refusal(**terms):
    with pytest.raises(TermsError) as caught:
        Terms(**terms)
    return caught.value.code


def test_terms_survive_being_written_down():
    terms = Terms(
        day_count=DayCount.ACT_365,
        brackets=[Bracket(0, Decimal("4.35")), Bracket(90, Decimal(6))],
        free_days=30,
        curtailments=[Curtailment(90, Decimal("12.5"))],
        deposit_percent=Decimal(20),
        deposit_interest_percent=Decimal("1.3"),
        late_percent=Decimal("0.05"),
    )
    assert Terms.from_json(json.loads(json.dumps(terms.as_json()))) == terms


def test_what_is_written_down_holds_no_floats():
    text = json.dumps(Terms(brackets=[Bracket(0, Decimal("4.35"))]).as_json())
    assert json.loads(text, parse_float=pytest.fail)


def test_nothing_may_be_negative():
    assert refusal(free_days=-1) == "negative"
    assert refusal(brackets=[Bracket(0, Decimal(-1))]) == "negative"
    assert refusal(curtailments=[Curtailment(-1, Decimal(10))]) == "negative"
    assert refusal(deposit_percent=Decimal(-1)) == "negative"
    assert refusal(deposit_interest_percent=Decimal(-1)) == "negative"


def test_no_more_is_paid_back_than_was_drawn():
    tenth = Curtailment(90, Decimal(10))
    assert refusal(curtailments=[tenth], deposit_percent=Decimal(91)) == "too_much"
    assert Terms(curtailments=[tenth], deposit_percent=Decimal(90))


def test_an_age_has_one_rate_and_one_curtailment():
    assert refusal(brackets=[Bracket(0, Decimal(n)) for n in (5, 6)]) == "bracket_twice"
    twice = [Curtailment(90, Decimal(n)) for n in (5, 6)]
    assert refusal(curtailments=twice) == "curtailment_twice"
