"""What a car costs the store that gets it, to the cent."""

import pytest

from odoo.addons.dms_vehicle.transfer import Rule, deviation, price


@pytest.mark.parametrize(
    ("cost", "rule", "asked"),
    [
        (142_000.01, Rule(), 142_000.01),
        (142_000.01, Rule("cost_fee", fee=800), 142_800.01),
        (142_000.01, Rule("margin", percent=1.25), 143_775.01),
        (100.10, Rule("margin", percent=2.5), 102.60),
        (0.1, Rule("cost_fee", fee=0.2), 0.3),
        (99.99, Rule("margin", percent=0), 99.99),
        (0, Rule("margin", percent=5), 0),
        # half a cent goes up
        (1, Rule("margin", percent=0.5), 1.01),
        (1_000_000_000.01, Rule("margin", percent=3.33), 1_033_300_000.01),
    ],
)
def test_price(cost, rule, asked):
    assert price(cost, rule) == asked


def test_a_fee_without_its_kind_counts_not():
    assert price(100, Rule("cost", fee=5, percent=5)) == 100


@pytest.mark.parametrize(
    ("asked", "by_rule", "percent"),
    [
        (100, 100, 0),
        (101, 100, 1),
        (99, 100, 1),
        (101.01, 100, 1.01),
        (151_500, 150_000, 1),
    ],
)
def test_deviation(asked, by_rule, percent):
    assert deviation(asked, by_rule) == percent


def test_a_price_where_none_is_known_is_infinitely_away():
    assert deviation(1, 0) == float("inf")
    assert deviation(0, 0) == 0
