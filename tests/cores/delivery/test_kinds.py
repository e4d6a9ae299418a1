"""Kinds of events and patterns of them."""

import pytest

from odoo.addons.dms_base.delivery.kinds import matches, split


@pytest.mark.parametrize(
    ("pattern", "kind", "expected"),
    [
        ("*", "vehicle.received", True),
        ("vehicle.*", "vehicle.received", True),
        ("vehicle.*", "vehicle.transfer.sent", True),
        ("vehicle.*", "vehicles.received", False),
        ("vehicle.*", "vehicle", False),
        ("vehicle.received", "vehicle.received", True),
        ("vehicle.received", "vehicle.received.again", False),
    ],
)
def test_patterns(pattern, kind, expected):
    assert matches(kind, [pattern]) is expected


def test_one_of_several_is_enough():
    assert matches("order.confirmed", split("vehicle.*, order.confirmed"))


def test_without_patterns_nothing_matches():
    assert not matches("order.confirmed", split(" , "))


@pytest.mark.parametrize(
    "text", ["vehicle*", "*.received", "Vehicle.*", "a..b", "a.*.b"]
)
def test_what_is_no_pattern_is_named(text):
    with pytest.raises(ValueError, match=text.replace("*", r"\*")):
        split(f"order.*, {text}")
