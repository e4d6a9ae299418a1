from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.motor_invoice import RateError, capitals, split, used_percent

CENTS = st.integers(-(10**13), 10**13).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    "gross, net, tax",
    [("169500", "150000.00", "19500.00"), ("189800", "167964.60", "21835.40")],
)
def test_a_price_holds_13_percent_vat(gross, net, tax):
    found = split(Decimal(gross))
    assert (found.net, found.tax) == (Decimal(net), Decimal(tax))


def test_a_used_car_of_a_dealer_holds_half_a_percent():
    found = split(Decimal(80_000), used_percent(date(2026, 3, 2)))
    assert (found.net, found.tax) == (Decimal("79601.99"), Decimal("398.01"))


def test_the_rate_for_used_cars_ends_with_2027():
    assert used_percent(date(2027, 12, 31)) == Decimal("0.5")
    for day in (date(2028, 1, 1), date(2020, 4, 30)):
        with pytest.raises(RateError):
            used_percent(day)


@given(CENTS)
def test_net_and_tax_always_make_up_the_price(gross):
    found = split(gross)
    assert found.net + found.tax == gross
    assert found.tax == found.tax.quantize(Decimal("0.01"))


@given(CENTS)
def test_a_red_amount_mirrors_the_blue_one(gross):
    assert split(-gross) == tuple(-part for part in split(gross))


# The examples of both regulations, then those of the trade.
WORDS = {
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "35680": "叁万伍仟陆佰捌拾元整",
    "471.90": "肆佰柒拾壹元玖角整",
    "2308.66": "贰仟叁佰零捌元陆角陆分",
    "169500": "壹拾陆万玖仟伍佰元整",
    "189800": "壹拾捌万玖仟捌佰元整",
    "80000": "捌万元整",
    "100100": "壹拾万零壹佰元整",
    "1050000": "壹佰零伍万元整",
    "10010000": "壹仟零壹万元整",
    "20000005.05": "贰仟万零伍元零伍分",
    "100000000": "壹亿元整",
    "100010000": "壹亿零壹万元整",
    "100001000": "壹亿零壹仟元整",
    "1001001001": "壹拾亿零壹佰万壹仟零壹元整",
    "10": "壹拾元整",
    "0.50": "伍角整",
    "0.05": "伍分",
    "0.55": "伍角伍分",
    "0": "零元整",
}


@pytest.mark.parametrize("amount", WORDS)
def test_amounts_in_words(amount):
    assert capitals(Decimal(amount)) == WORDS[amount]


def test_an_amount_below_zero_says_so_in_front():
    assert capitals(Decimal(-169_500)) == "（负数）壹拾陆万玖仟伍佰元整"


def test_the_largest_amount():
    assert capitals(Decimal("999999999999.99")).startswith("玖仟玖佰玖拾玖亿玖仟")


@pytest.mark.parametrize("amount", ["0.001", "1000000000000", "-1000000000000"])
def test_what_cannot_be_written_out(amount):
    with pytest.raises(ValueError):
        capitals(Decimal(amount))


VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(words):
    """Read whole yuan back, as a person would."""
    total = group = digit = 0
    for char in words.removesuffix("元整"):
        if char in VALUES:
            digit = VALUES[char]
        elif char in UNITS:
            group, digit = group + digit * UNITS[char], 0
        else:
            total += (group + digit) * {"万": 10**4, "亿": 10**8}[char]
            group = digit = 0
    return total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_whatever_the_amount_its_words_can_be_read_back(yuan):
    words = capitals(Decimal(yuan))
    assert read(words) == yuan
    assert "零零" not in words
    assert not yuan or "零元" not in words
