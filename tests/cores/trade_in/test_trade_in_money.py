from decimal import Decimal

import pytest

from odoo.addons.dms_sales.trade_in import (
    Costs,
    Cut,
    buying_price,
    cut_due,
    cut_price,
    selling_net,
    settle,
)

VAT = Decimal("0.5")
CUTS = [Cut(60, Decimal(5)), Cut(30, Decimal(2))]


def test_of_80000_with_half_a_percent_of_vat_remain_79601_99():
    assert selling_net(Decimal(80_000), VAT) == Decimal("79601.99")


def test_the_buying_price_leaves_repairs_fees_and_margin():
    costs = Costs(Decimal(2_000), Decimal(500), Decimal(8))
    price = buying_price(Decimal(80_000), VAT, costs)
    assert price == 70_700  # 79601.99 - 6368.16 - 2500 = 70733.83


def test_a_wreck_is_worth_nothing_not_less():
    assert buying_price(Decimal(5_000), VAT, Costs(Decimal(9_000))) == 0


def test_without_a_loan_and_a_new_car_the_owner_gets_all():
    found = settle(Decimal(80_000))
    assert (found.lender, found.set_off, found.owner, found.owed) == (0, 0, 80_000, 0)


def test_the_lender_comes_first_then_the_new_car_then_the_owner():
    found = settle(Decimal(80_000), Decimal(30_000), Decimal(20_000))
    assert (found.lender, found.set_off, found.owner) == (30_000, 20_000, 30_000)


def test_a_loan_above_the_price_is_owed_by_the_owner():
    found = settle(Decimal(80_000), Decimal(90_000), Decimal(200_000))
    assert (found.lender, found.set_off, found.owner) == (90_000, 0, 0)
    assert found.owed == 10_000


@pytest.mark.parametrize("payoff", [0, 10, 80_000, 95_000])
@pytest.mark.parametrize("due", [0, 5_000, 200_000])
def test_the_parts_add_up(payoff, due):
    found = settle(Decimal(80_000), Decimal(payoff), Decimal(due))
    assert found.lender + found.set_off + found.owner == 80_000 + found.owed


def test_the_last_cut_whose_day_has_come():
    assert cut_due(CUTS, 29) is None
    assert cut_due(CUTS, 30).percent == 2
    assert cut_due(CUTS, 400).percent == 5


def test_cuts_count_from_the_first_price_and_end_in_hundreds():
    assert cut_price(Decimal(88_800), Decimal(5)) == 84_300
