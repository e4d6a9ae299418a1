"""The most specific price rule counts."""

from datetime import date

import pytest

from odoo.addons.dms_vehicle.transfer import Terms, best

DAY = date(2026, 11, 30)
ASKED = {"store": "A2", "brand": "X", "kind": "bev", "day": DAY}


def test_without_rules_there_is_none():
    assert best([], **ASKED) is None


@pytest.mark.parametrize(
    "terms",
    [
        Terms(1, store="A3"),
        Terms(1, brand="Y"),
        Terms(1, kind="ice"),
        Terms(1, store="A2", brand="Y"),
        Terms(1, valid_from=date(2026, 12, 1)),
        Terms(1, valid_to=date(2026, 11, 29)),
    ],
)
def test_what_does_not_fit(terms):
    assert best([terms], **ASKED) is None


@pytest.mark.parametrize(
    "terms",
    [
        Terms(1),
        Terms(1, store="A2", brand="X", kind="bev"),
        Terms(1, valid_from=DAY, valid_to=DAY),
    ],
)
def test_what_fits(terms):
    assert best([terms], **ASKED) == 1


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (Terms(1, store="A2"), Terms(2)),
        (Terms(1, store="A2"), Terms(2, brand="X")),
        (Terms(1, brand="X"), Terms(2, kind="bev")),
        (Terms(1, brand="X", kind="bev"), Terms(2, store="A2")),
        (Terms(1, store="A2", kind="bev"), Terms(2, brand="X", kind="bev")),
        (Terms(1, sequence=5), Terms(2, sequence=6)),
        (Terms(1, store="A2", sequence=99), Terms(2, sequence=1)),
    ],
)
def test_the_more_specific_wins(winner, loser):
    assert best([winner, loser], **ASKED) == best([loser, winner], **ASKED) == 1


def test_of_equal_rules_the_first_counts():
    assert best([Terms(1), Terms(2)], **ASKED) == 1


def test_a_car_without_brand_fits_only_rules_without_brand():
    asked = ASKED | {"brand": None}
    assert best([Terms(1, brand="X")], **asked) is None
    assert best([Terms(1)], **asked) == 1
