import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base import money
from odoo.addons.dms_base.money import cents, exact, percent_of, without_vat


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("0.0149", "0.01"), ("-0.005", "-0.01"), ("7", "7.00")],
)
def test_half_a_cent_goes_away_from_zero(amount, rounded):
    assert str(cents(Decimal(amount))) == rounded


def test_percent_are_rounded_to_the_cent():
    assert percent_of(Decimal("99.99"), Decimal("12.5")) == Decimal("12.50")


def test_the_price_without_vat():
    assert without_vat(Decimal(113), Decimal(13)) == Decimal("100.00")
    assert without_vat(Decimal(100), Decimal(0)) == Decimal("100.00")


@given(st.integers(-(10**11), 10**11))
def test_what_was_typed_comes_back_from_the_float(hundredths):
    typed = Decimal(hundredths) / 100
    assert exact(float(typed)) == typed


def test_nothing_typed_is_zero():
    assert exact(None) == exact(False) == 0


def test_the_examples_hold():
    assert doctest.testmod(money).failed == 0
