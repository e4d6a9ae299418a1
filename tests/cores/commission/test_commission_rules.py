from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.commission import (
    Deal,
    GrossShare,
    Ladder,
    Penetration,
    PerUnit,
    Plan,
    compute,
)

STEPS = ((1, Decimal(100)), (5, Decimal(200)), (10, Decimal(400)))


def paid(rule, deals):
    return compute(Plan((rule,)), deals).total


def cars(count, flagged=0, flag="financed"):
    return [Deal(str(n), flags={flag} if n < flagged else ()) for n in range(count)]


def with_gross(**gross):
    return [Deal("D1", {block: Decimal(amount) for block, amount in gross.items()})]


def test_so_much_for_each_car():
    assert paid(PerUnit("a", Decimal(300)), cars(4)) == 1_200


def test_so_much_for_each_car_with_something():
    assert paid(PerUnit("a", Decimal(80), "insured"), cars(4, 3, "insured")) == 240


def test_a_share_of_the_gross_of_some_blocks():
    deals = with_gross(car=6_000, accessories=1_000, insurance=500)
    assert paid(GrossShare("a", Decimal(10), ("accessories",)), deals) == 100
    both = GrossShare("a", Decimal(10), ("accessories", "insurance"))
    assert paid(both, deals) == 150


def test_without_blocks_it_is_a_share_of_all():
    deals = with_gross(car=6_000, accessories=1_000, commission=-800)
    assert paid(GrossShare("a", Decimal(10)), deals) == 620


def test_a_block_the_deal_has_not_brings_nothing():
    rule = GrossShare("a", Decimal(10), ("loan",))
    assert compute(Plan((rule,)), with_gross(car=6_000)).lines == ()


def test_blocks_are_set_off_within_a_deal():
    deals = with_gross(car=6_000, store_discount=-2_000)
    assert paid(GrossShare("a", Decimal(10)), deals) == 400


def test_a_deal_at_a_loss_brings_nothing_unless_losses_count():
    deals = [
        Deal("good", {"car": Decimal(4_000)}),
        Deal("bad", {"car": Decimal(-1_000)}),
    ]
    assert paid(GrossShare("a", Decimal(5)), deals) == 200
    assert paid(GrossShare("a", Decimal(5), counts_losses=True), deals) == 150


def test_a_share_is_rounded_per_deal_half_up_to_the_cent():
    deals = [Deal(str(n), {"car": Decimal("0.10")}) for n in range(3)]
    assert paid(GrossShare("a", Decimal(5)), deals) == Decimal("0.03")


@pytest.mark.parametrize(
    "units, amount", [(0, 0), (1, 100), (4, 400), (5, 1_000), (9, 1_800), (10, 4_000)]
)
def test_the_step_reached_counts_for_all_cars(units, amount):
    assert paid(Ladder("a", STEPS), cars(units)) == amount


@pytest.mark.parametrize(
    "units, amount", [(0, 0), (1, 100), (4, 400), (5, 600), (9, 1_400), (12, 2_600)]
)
def test_or_each_car_gets_what_its_step_says(units, amount):
    assert paid(Ladder("a", STEPS, is_retroactive=False), cars(units)) == amount


def test_each_step_is_a_line_then():
    lines = compute(Plan((Ladder("a", STEPS, False),)), cars(12)).lines
    spans = [(x.facts["first"], x.facts["last"], x.amount) for x in lines]
    assert spans == [(1, 4, 400), (5, 9, 1_000), (10, 12, 1_200)]


def test_below_the_first_step_nothing_is_paid():
    ladder = Ladder("a", ((5, Decimal(200)),))
    assert compute(Plan((ladder,)), cars(4)).lines == ()
    assert paid(ladder, cars(5)) == 1_000
    assert paid(Ladder("a", ((5, Decimal(200)),), False), cars(5)) == 200


@given(st.integers(0, 40))
def test_the_step_reached_for_all_is_never_less(units):
    retroactive = paid(Ladder("a", STEPS), cars(units))
    assert retroactive >= paid(Ladder("a", STEPS, False), cars(units))


def test_a_bonus_from_a_share_of_deals_on():
    bonus = Penetration("a", "financed", Decimal(60), Decimal(1_000))
    assert paid(bonus, cars(10, 5)) == 0
    assert paid(bonus, cars(10, 6)) == 1_000
    assert paid(bonus, cars(10, 10)) == 1_000


def test_a_bonus_for_each_deal_with_the_flag():
    bonus = Penetration("a", "financed", Decimal(60), Decimal(100), is_per_unit=True)
    assert paid(bonus, cars(10, 5)) == 0
    assert paid(bonus, cars(10, 7)) == 700


def test_two_of_three_are_less_than_66_67_percent():
    share = Decimal("66.67")
    assert paid(Penetration("a", "financed", share, Decimal(1)), cars(3, 2)) == 0
    share = Decimal("66.66")
    assert paid(Penetration("a", "financed", share, Decimal(1)), cars(3, 2)) == 1


def test_a_bonus_from_zero_on_needs_one_deal_with_the_flag():
    bonus = Penetration("a", "financed", Decimal(0), Decimal(1_000))
    assert paid(bonus, cars(10, 0)) == 0
    assert paid(bonus, cars(10, 1)) == 1_000


def test_a_rule_of_nothing_has_no_lines():
    rules = (
        PerUnit("a", Decimal(0)),
        GrossShare("b", Decimal(0)),
        Ladder("c", ((1, Decimal(0)),)),
        Penetration("d", "financed", Decimal(0), Decimal(0)),
    )
    assert compute(Plan(rules), cars(3, 3)).lines == ()
