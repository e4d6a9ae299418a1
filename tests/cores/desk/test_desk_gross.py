from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.desk import (
    BACK,
    BLOCKS,
    FRONT,
    DeskError,
    Financing,
    Line,
    Sheet,
    TradeIn,
    gross,
)

CENTS = st.integers(0, 10**8).map(lambda n: Decimal(n) / 100)


def earned(*lines):
    return gross(Sheet(lines)).total


def refusal(make, *args, **kwargs):
    with pytest.raises(DeskError) as caught:
        make(*args, **kwargs)
    return caught.value.code


def test_gross_is_without_vat():
    assert earned(Line("car", Decimal(113), Decimal(90))) == 10
    six = Line("registration", Decimal(106), Decimal(90), percent=Decimal(6))
    assert earned(six) == 10
    assert earned(Line("car", Decimal("189800"))) == Decimal("167964.60")


@given(CENTS)
def test_what_is_passed_on_earns_nothing(charge):
    for block in ("purchase_tax", "insurance", "registration"):
        assert earned(Line(block, charge, is_passed_on=True)) == 0


def test_commission_of_an_insurer_earns_though_the_premium_does_not():
    premium = Line("insurance", Decimal(6_000), income=Decimal(636), is_passed_on=True)
    assert earned(premium) == Decimal("562.83")
    six = Line("insurance", Decimal(6_000), Decimal(0), Decimal(636), Decimal(6), True)
    assert earned(six) == 600


def test_a_discount_the_oem_pays_back_costs_the_store_nothing():
    discount = Line("oem_discount", Decimal(-5_000), income=Decimal(5_000))
    assert earned(discount) == 0


def test_a_discount_the_oem_pays_back_in_part_costs_the_rest():
    discount = Line("oem_discount", Decimal(-2_260), income=Decimal(1_130))
    assert earned(discount) == -1_000


def test_a_gift_costs_what_it_costs():
    assert earned(Line("accessories", cost=Decimal(300), listed=Decimal(800))) == -300


@given(st.lists(CENTS, max_size=6))
def test_however_many_discounts_the_car_earns_what_its_invoice_says(amounts):
    lines = [Line("car", Decimal(169_500))]
    lines += [Line("store_discount", -amount) for amount in amounts]
    price = Decimal(169_500) - sum(amounts)
    net = (price / Decimal("1.13")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert earned(*lines) == net


def test_lines_with_other_vat_are_rounded_by_themselves():
    lines = [Line("car", Decimal("0.01"), percent=Decimal(p)) for p in (13, 6)]
    assert earned(*lines) == Decimal("0.02")


def test_each_block_is_front_back_or_neither():
    assert set(FRONT).isdisjoint(BACK)
    assert set(BLOCKS) - set(FRONT) - set(BACK) == {"rebate", "commission"}


def test_a_line_stands_in_a_block_there_is():
    assert refusal(Line, "magic") == "block"


def test_a_discount_takes_off():
    assert refusal(Line, "store_discount", Decimal(1)) == "discount"
    assert refusal(Line, "oem_discount", Decimal(1)) == "discount"


@pytest.mark.parametrize("block", ["rebate", "commission", "trade_in"])
def test_what_is_not_the_customers_is_not_charged(block):
    assert refusal(Line, block, Decimal(1)) == "charge"


def test_nothing_else_is_below_zero():
    less = Decimal(-1)
    assert refusal(Line, "car", cost=less) == "negative"
    assert refusal(Line, "car", income=less) == "negative"
    assert refusal(Line, "car", percent=less) == "negative"
    assert refusal(Sheet, paid=less) == "negative"
    assert refusal(Financing, less) == "negative"
    assert refusal(Financing, Decimal(1), (less,)) == "negative"
    assert refusal(TradeIn, less, Decimal(1)) == "negative"
    assert refusal(TradeIn, Decimal(1), less) == "negative"
    assert refusal(TradeIn, Decimal(1), Decimal(1), less) == "negative"
