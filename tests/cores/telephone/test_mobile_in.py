"""A number between other words."""

import pytest

from odoo.addons.dms_sales.telephone import mobile_in


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "我姓李，电话138 0013 8000，周末看车",
        "tel:+86 138-0013-8000.",
        "１３８００１３８０００",
        "8613800138000",
        "年份2026，13800138000",
    ],
)
def test_it_is_found(text):
    assert mobile_in(text) == "+8613800138000"


@pytest.mark.parametrize(
    "text",
    ["", "多少钱", "12800138000", "138001380001", "订单2026113800138000", "1380013800"],
)
def test_other_digits_are_none(text):
    assert mobile_in(text) == ""


def test_the_first_one_counts():
    assert mobile_in("13900139000或13800138000") == "+8613900139000"
