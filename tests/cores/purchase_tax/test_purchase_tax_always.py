"""What holds whatever is bought."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.purchase_tax import (
    KINDS,
    Purchase,
    assess,
    declare_by,
    refund,
)

DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
PRICES = st.integers(1, 10**9).map(lambda n: Decimal(n) / 100)
PURCHASES = st.builds(
    Purchase,
    on=DAYS,
    price=PRICES,
    kind=st.sampled_from(KINDS),
    in_catalogue=st.booleans(),
    electric_km=st.integers(0, 300),
    is_passenger=st.booleans(),
)


@given(PURCHASES)
def test_the_tax_is_between_nothing_and_a_tenth(purchase):
    found = assess(purchase)
    assert 0 <= found.tax <= found.full
    assert abs(found.full * 10 - purchase.price) <= Decimal("0.05")


@given(PURCHASES)
def test_amounts_are_whole_cents(purchase):
    found = assess(purchase)
    for amount in (found.full, found.spared, found.tax):
        assert amount == amount.quantize(Decimal("0.01"))


@given(PURCHASES)
def test_nothing_is_spared_where_something_is_refused(purchase):
    found = assess(purchase)
    assert not (found.refused and found.spared)
    assert found.relief or not found.spared


@given(DAYS, st.one_of(st.none(), DAYS))
def test_the_deadline_is_never_more_than_sixty_days_away(purchased, registration):
    assert declare_by(purchased, registration) <= purchased + timedelta(60)


@given(PRICES, DAYS, st.integers(0, 5_000), st.integers(0, 400))
def test_waiting_never_brings_a_larger_refund(paid, paid_on, days, more):
    earlier = refund(paid, paid_on, paid_on + timedelta(days))
    later = refund(paid, paid_on, paid_on + timedelta(days + more))
    assert 0 <= later <= earlier <= paid
