from decimal import Decimal

import pytest

from odoo.addons.dms_sales.loan import Loan, LoanError, subsidy

AMOUNT = Decimal(120_000)


def offer(percent, **terms):
    return Loan(**{"amount": AMOUNT, "months": 36, "percent": Decimal(percent)} | terms)


ASKED = offer("4.80")


def test_from_480_to_199_basis_points():
    found = subsidy(ASKED, offer("1.99"))
    assert found.gap == Decimal("5369.63")
    assert found.upfront == Decimal("4991.65")


def test_to_zero_interest():
    found = subsidy(ASKED, offer("0"))
    assert found.gap == Decimal("9086.70")
    assert found.upfront == Decimal("8447.09")


def test_paid_at_once_it_is_less_than_spread():
    found = subsidy(ASKED, offer("1.99"))
    assert found.upfront < found.gap


def test_nothing_is_missing_at_the_same_rate_but_rounding():
    found = subsidy(ASKED, ASKED)
    assert found.gap == 0
    assert abs(found.upfront) <= Decimal("0.36")


def test_a_customer_may_pay_in_another_way():
    found = subsidy(ASKED, offer("0", method="linear"))
    assert found.upfront == Decimal("8447.09")


def test_both_plans_are_of_one_loan():
    for other in (offer("0", amount=AMOUNT - 1), offer("0", months=24)):
        with pytest.raises(LoanError, match="other_loan"):
            subsidy(ASKED, other)
