from decimal import Decimal

import pytest

from odoo.addons.dms_sales.loan import (
    AnnualError,
    Annualised,
    Loan,
    annualised,
    schedule,
)

AMOUNT = Decimal(120_000)


def plan(method="annuity", percent="4.80", **terms):
    return schedule(Loan(AMOUNT, 36, Decimal(percent), method, **terms))


def rates(nominal, effective):
    return Annualised(Decimal(nominal), Decimal(effective))


def refusal(received, *payments):
    with pytest.raises(AnnualError) as caught:
        annualised(Decimal(received), list(map(Decimal, payments)))
    return caught.value.code


def test_without_fees_the_rate_is_the_one_agreed_upon():
    balloon = plan("balloon", balloon=Decimal(48_000))
    for found in (plan(), plan("linear"), balloon):
        assert annualised(AMOUNT, found.payments).nominal == Decimal("4.80")


def test_with_interest_on_interest_it_is_more():
    assert annualised(AMOUNT, plan().payments).effective == Decimal("4.91")


def test_three_percent_flat_are_nearly_six():
    assert annualised(AMOUNT, plan("flat", "3").payments) == rates("5.68", "5.83")


def test_a_fee_at_the_start_counts():
    received = AMOUNT - 3_600
    assert annualised(received, plan().payments) == rates("6.84", "7.06")


def test_a_fee_spread_over_the_months_counts():
    payments = [payment + 100 for payment in plan().payments]
    assert annualised(AMOUNT, payments).nominal > Decimal("6.5")


def test_nothing_for_nothing_is_zero():
    free = annualised(AMOUNT, plan(percent="0").payments)
    assert free == rates("0", "0")
    assert not any(rate.is_signed() for rate in free)


def test_paying_back_less_than_received_is_below_zero():
    assert annualised(Decimal(100), [Decimal(99)]) == rates("-12.00", "-11.36")


def test_one_percent_a_month():
    assert annualised(Decimal(100), [Decimal(101)]) == rates("12.00", "12.68")


def test_a_month_without_payment_is_possible():
    found = annualised(Decimal(100), [Decimal(0), Decimal("102.01")])
    assert found == rates("12.00", "12.68")


def test_without_money_received_there_is_no_rate():
    assert refusal(0, 100) == "received"
    assert refusal(-1, 100) == "received"


def test_without_payments_there_is_no_rate():
    assert refusal(100) == "payments"
    assert refusal(100, 0, 0) == "payments"
    assert refusal(100, 200, -1) == "payments"


def test_absurd_payments_have_no_rate():
    assert refusal(100, 10) == "rate"
    assert refusal(100, 10_000) == "rate"
