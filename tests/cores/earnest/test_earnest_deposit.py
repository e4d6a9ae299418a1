from decimal import Decimal

import pytest

from odoo.addons.dms_sales.earnest import Deposit, EarnestError


def deposit(paid, price=180_000, kind="earnest"):
    return Deposit(Decimal(price), Decimal(paid), kind)


def refusal(*args):
    with pytest.raises(EarnestError) as caught:
        deposit(*args)
    return caught.value.code


def test_of_50000_paid_for_a_car_of_180000_a_fifth_of_the_price_binds():
    paid = deposit(50_000)
    assert (paid.binding, paid.advance) == (36_000, 14_000)


def test_up_to_a_fifth_all_binds():
    assert (deposit(36_000).binding, deposit(36_000).advance) == (36_000, 0)
    assert (deposit(5_000).binding, deposit(5_000).advance) == (5_000, 0)


def test_the_fifth_is_rounded_half_up_to_the_cent():
    assert deposit(50_000, "179999.98").binding == Decimal("36000.00")
    assert deposit(50_000, "179999.97").binding == Decimal("35999.99")


def test_what_is_not_paid_does_not_bind():
    assert deposit(0).binding == 0


def test_an_advance_binds_nobody():
    paid = deposit(50_000, kind="advance")
    assert (paid.binding, paid.advance) == (0, 50_000)


def test_amounts_must_make_sense():
    assert refusal(1, 0) == "price"
    assert refusal(1, -1) == "price"
    assert refusal(-1) == "paid"
