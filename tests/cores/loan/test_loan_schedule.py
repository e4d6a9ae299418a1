"""120,000 over 36 months at 4.80 %, which is 0.4 % a month."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.loan import METHODS, Loan, LoanError, schedule

AMOUNT = Decimal(120_000)


def plan(method="annuity", percent="4.80", months=36, **terms):
    return schedule(Loan(AMOUNT, months, Decimal(percent), method, **terms))


def refusal(amount=AMOUNT, months=36, percent=Decimal(5), **terms):
    with pytest.raises(LoanError) as caught:
        Loan(Decimal(amount), months, percent, **terms)
    return caught.value.code


def money(*texts):
    return tuple(map(Decimal, texts))


def test_equal_instalments():
    payments = plan().payments
    assert set(payments[:35]) == {Decimal("3585.74")}
    assert payments[35] == Decimal("3585.80")
    assert plan().interest == Decimal("9086.70")


def test_the_first_month_of_equal_instalments():
    row = plan().rows[0]
    assert (row.interest, row.principal, row.balance) == money(
        "480.00", "3105.74", "116894.26"
    )


def test_equal_principal():
    payments = plan("linear").payments
    assert payments[:2] == money("3813.33", "3800.00")
    assert payments[35] == Decimal("3346.78")
    assert plan("linear").interest == Decimal("8880.00")


def test_equal_principal_is_equal_but_for_the_last():
    principal = [row.principal for row in plan("linear").rows]
    assert set(principal[:35]) == {Decimal("3333.33")}
    assert principal[35] == Decimal("3333.45")


def test_a_balloon_is_paid_on_top_of_the_last_instalment():
    large = plan("balloon", balloon=Decimal(48_000))
    assert set(large.payments[:35]) == {Decimal("2343.45")}
    assert large.payments[35] == Decimal("50343.26")
    assert large.interest == Decimal("12364.01")


def test_a_balloon_of_nothing_is_equal_instalments():
    assert plan("balloon") == plan()


def test_a_flat_fee_counts_on_the_amount_at_the_start():
    flat = plan("flat", "3")
    assert flat.interest == 10_800
    assert set(flat.payments[:35]) == {Decimal("3633.33")}
    assert flat.payments[35] == Decimal("3633.45")


def test_a_subsidised_rate():
    offered = plan(percent="1.99")
    assert offered.payments[0] == Decimal("3436.59")
    assert offered.interest == Decimal("3717.07")


@pytest.mark.parametrize("method", ["annuity", "linear", "flat"])
def test_at_zero_only_the_amount_is_paid_back(method):
    free = plan(method, "0")
    assert set(free.payments[:35]) == {Decimal("3333.33")}
    assert free.payments[35] == Decimal("3333.45")
    assert free.interest == 0


def test_a_balloon_at_zero():
    payments = plan("balloon", "0", balloon=Decimal(48_000)).payments
    assert set(payments[:35]) == {Decimal("2000.00")}
    assert payments[35] == Decimal("50000.00")


def test_one_month_pays_all_back():
    assert plan(months=1).payments == money("120480.00")
    assert plan("linear", months=1).payments == money("120480.00")
    assert plan("flat", "12", months=1).payments == money("121200.00")


LOANS = st.builds(
    Loan,
    amount=st.integers(100, 10**9).map(lambda n: Decimal(n) / 100),
    months=st.integers(1, 84),
    percent=st.integers(0, 2400).map(lambda n: Decimal(n) / 100),
    method=st.sampled_from(METHODS),
)


@given(LOANS)
def test_whatever_the_loan_the_last_month_leaves_nothing(loan):
    rows = schedule(loan).rows
    assert len(rows) == loan.months
    assert rows[-1].balance == 0
    assert sum(row.principal for row in rows) == loan.amount


@given(LOANS)
def test_whatever_the_loan_all_amounts_are_whole_cents(loan):
    for row in schedule(loan).rows:
        assert row.payment == row.interest + row.principal
        assert row.payment == row.payment.quantize(Decimal("0.01"))


@given(LOANS)
def test_whatever_the_loan_payments_are_amount_and_interest(loan):
    found = schedule(loan)
    assert sum(found.payments) == found.amount + found.interest


def test_terms_must_make_sense():
    assert refusal(0) == "amount"
    assert refusal("0.001") == "amount"
    assert refusal(months=0) == "months"
    assert refusal(percent=Decimal(-1)) == "percent"
    assert refusal(method="lottery") == "method"


def test_a_balloon_is_a_part_of_the_amount_and_of_its_method():
    assert refusal(method="balloon", balloon=AMOUNT) == "balloon"
    assert refusal(method="balloon", balloon=Decimal(-1)) == "balloon"
    assert refusal(method="balloon", balloon=Decimal("0.001")) == "balloon"
    assert refusal(balloon=Decimal(48_000)) == "balloon"
