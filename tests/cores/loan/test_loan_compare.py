"""How the ways to pay back stand to each other."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.loan import Loan, annualised, schedule
from odoo.addons.dms_sales.loan.present import present_value

AMOUNT = Decimal(120_000)
PERCENTS = st.integers(0, 2400).map(lambda n: Decimal(n) / 100)
MONTHS = st.integers(2, 60)


def plan(percent, months=36, method="annuity", **terms):
    return schedule(Loan(AMOUNT, months, percent, method, **terms))


@given(PERCENTS, MONTHS)
def test_equal_principal_costs_less_interest(percent, months):
    linear, equal = plan(percent, months, "linear"), plan(percent, months)
    assert linear.interest <= equal.interest + Decimal("0.60")


@given(PERCENTS, MONTHS)
def test_equal_principal_falls_from_month_to_month(percent, months):
    payments = plan(percent, months, "linear").payments[:-1]
    assert all(later <= earlier for earlier, later in pairwise(payments))


@given(PERCENTS, MONTHS, st.integers(1, 100_000))
def test_a_balloon_lowers_the_instalment(percent, months, balloon):
    large = plan(percent, months, "balloon", balloon=Decimal(balloon))
    assert large.payments[0] <= plan(percent, months).payments[0]
    assert large.interest >= plan(percent, months).interest - Decimal("0.60")


@given(PERCENTS, MONTHS)
def test_the_last_payment_differs_by_rounding_only(percent, months):
    payments = plan(percent, months).payments
    assert abs(payments[-1] - payments[0]) <= Decimal("0.02") * months


@given(PERCENTS, MONTHS)
def test_the_annualised_rate_finds_the_agreed_one(percent, months):
    found = annualised(AMOUNT, plan(percent, months).payments)
    assert abs(found.nominal - percent) <= Decimal("0.01")
    assert found.effective >= found.nominal


@given(PERCENTS, MONTHS, st.integers(1, 20_000))
def test_a_fee_makes_any_loan_dearer(percent, months, fee):
    payments = plan(percent, months).payments
    with_fee = annualised(AMOUNT - fee, payments)
    assert with_fee.nominal >= annualised(AMOUNT, payments).nominal


@given(st.integers(100, 1_000).map(lambda n: Decimal(n) / 100))
def test_a_flat_rate_looks_cheaper_than_it_is(percent):
    flat = annualised(AMOUNT, plan(percent, method="flat").payments)
    assert flat.nominal > percent * Decimal("1.6")


def test_worth_today():
    assert present_value([Decimal(101)], Decimal("0.01")) == 100
    assert present_value([Decimal(0), Decimal("102.01")], Decimal("0.01")) == 100
    assert present_value([Decimal(5)] * 3, Decimal(0)) == 15
    assert present_value([], Decimal("0.01")) == 0


@pytest.mark.parametrize("method", ["annuity", "linear"])
def test_all_payments_are_worth_the_loan_at_its_own_rate(method):
    payments = plan(Decimal("4.80"), method=method).payments
    worth = present_value(payments, Decimal("0.004"))
    assert abs(worth - AMOUNT) < Decimal("0.20")
