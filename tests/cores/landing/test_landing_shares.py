"""A carrier's bill is shared to the cent, once, and can be taken back."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_finance.landing import shares, to_land

ACCOUNT = 7


def landed(*steps):
    """What is on the cars after the steps that ``to_land`` has returned."""
    sums = {}
    for cars, amounts in steps:
        for car in cars:
            for account, amount in amounts.items():
                sums[car, account] = sums.get((car, account), D()) + amount
    return sums


@given(st.decimals(-1_000_000, 1_000_000, places=2), st.integers(1, 12))
def test_parts_add_up_and_differ_by_a_cent_at_most(amount, count):
    parts = shares(amount, count)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= D("0.01")


def test_alike_cars_stand_on_one_document():
    assert to_land({ACCOUNT: D(1200)}, [1, 2], {1, 2}, {}) == [
        ([1, 2], {ACCOUNT: D(600)})
    ]


def test_a_cent_that_is_left_is_on_one_car():
    found = to_land({ACCOUNT: D(1000)}, [1, 2, 3], {1, 2, 3}, {})
    assert found == [
        ([1], {ACCOUNT: D("333.34")}),
        ([2, 3], {ACCOUNT: D("333.33")}),
    ]


def test_a_car_that_has_not_come_leaves_its_share():
    assert to_land({ACCOUNT: D(1200)}, [1, 2], {2}, {}) == [([2], {ACCOUNT: D(600)})]


def test_what_is_on_the_cars_is_not_put_on_again():
    first = to_land({ACCOUNT: D(1000)}, [1, 2, 3], {1, 2, 3}, {})
    assert to_land({ACCOUNT: D(1000)}, [1, 2, 3], {1, 2, 3}, landed(*first)) == []


def test_a_bill_taken_back_takes_all_off():
    on_cars = landed(*to_land({ACCOUNT: D(1000)}, [1, 2, 3], {1, 2, 3}, {}))
    back = to_land({}, [1, 2, 3], {1, 2, 3}, on_cars)
    assert landed(*back) == {key: -amount for key, amount in on_cars.items()}


def test_a_car_that_goes_back_bears_nothing_and_the_others_no_more():
    on_cars = landed(*to_land({ACCOUNT: D(1200)}, [1, 2], {1, 2}, {}))
    assert to_land({ACCOUNT: D(1200)}, [1, 2], {2}, on_cars) == [
        ([1], {ACCOUNT: D(-600)})
    ]


def test_booked_anew_on_another_account_it_moves_there():
    on_cars = landed(*to_land({ACCOUNT: D(600)}, [1], {1}, {}))
    assert to_land({8: D(700)}, [1], {1}, on_cars) == [
        ([1], {8: D(700), ACCOUNT: D(-600)})
    ]
