"""The values a store starts with: they rank as any salesman would."""

import pytest

from odoo.addons.dms_base.learners import Classifier, Table, dumps, loads
from odoo.addons.dms_sales.intent import band, start


def score(**facts) -> float:
    return start().predict(Table({name: [value] for name, value in facts.items()}))[0]


def test_without_facts_one_in_ten_buys() -> None:
    assert score(messages=1) == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(
    "facts",
    [
        {"meetings": 1},
        {"budget_named": 1},
        {"trade_in": "yes"},
        {"payment": "cash"},
        {"days_to_buy": 7},
        {"messages": 4},
    ],
)
def test_what_raises_the_score(facts: dict) -> None:
    assert score(**{"messages": 1} | facts) > score(messages=1)


def test_no_hurry_lowers_the_score() -> None:
    assert score(messages=1, days_to_buy=365) < score(messages=1)


def test_the_score_has_reasons() -> None:
    ((reason, *_),) = start().explain(Table({"meetings": [1], "messages": [1]}))
    assert (reason.code, reason.value) == ("meetings", 1)


def test_starting_values_are_saved_like_what_is_learnt() -> None:
    table = Table({"meetings": [2]})
    again = loads(dumps(start()), [Classifier])
    assert again.predict(table) == start().predict(table)


def test_bands_fall() -> None:
    assert [band(part) for part in (0.9, 0.3, 0.15, 0.01)] == ["h", "a", "b", "c"]
