"""Twelve cars in a month: 300 each, 5 % of the front, 10 % of accessories, more by the
number of cars, and a bonus if six of ten are financed.
"""

from decimal import Decimal

import pytest

from odoo.addons.dms_sales.commission import (
    Deal,
    GrossShare,
    Ladder,
    Penetration,
    PerUnit,
    Plan,
    PlanError,
    clawback,
    compute,
)

STEPS = ((1, Decimal(100)), (5, Decimal(200)), (10, Decimal(400)))
RULES = (
    PerUnit("unit", Decimal(300)),
    PerUnit("policy", Decimal(50), "insured"),
    GrossShare("front", Decimal(5), ("car", "store_discount")),
    GrossShare("accessories", Decimal(10), ("accessories",)),
    Ladder("units", STEPS),
    Penetration("finance", "financed", Decimal(60), Decimal(1_000)),
)
PLAN = Plan(RULES)
CAPPED = Plan(RULES, Decimal(12_000))


def deal(number):
    """Gross n × 1,000 less 500 discount, accessories 200; eight are financed."""
    gross = {"car": 1_000 * number, "store_discount": -500, "accessories": 200}
    flags = {"financed"} if number <= 8 else {"insured"}
    return Deal(f"D{number}", {k: Decimal(v) for k, v in gross.items()}, flags)


DEALS = [deal(number) for number in range(1, 13)]


def by_rule(plan=PLAN, deals=DEALS):
    found = compute(plan, deals)
    return {rule.name: found.of_rule(rule.name) for rule in plan.rules}


def test_the_month():
    assert by_rule() == {
        "unit": 3_600,
        "policy": 200,
        "front": 3_600,
        "accessories": 240,
        "units": 4_800,
        "finance": 1_000,
    }
    assert compute(PLAN, DEALS).total == 13_440


def test_each_deal_is_explained():
    lines = compute(PLAN, DEALS).of_deal("D12")
    assert [(line.rule, line.code, line.amount) for line in lines] == [
        ("unit", "per_unit", 300),
        ("policy", "per_unit", 50),
        ("front", "gross_share", 575),
        ("accessories", "gross_share", 20),
    ]
    assert lines[2].facts == {"gross": 11_500, "percent": 5}


def test_what_belongs_to_no_deal_is_explained_too():
    ladder, bonus = compute(PLAN, DEALS).of_deal("")
    assert ladder.facts == {"units": 12, "first": 1, "last": 12, "per_unit": 400}
    assert bonus.facts == {
        "count": 8,
        "units": 12,
        "percent": Decimal("66.67"),
        "from_percent": 60,
    }


def test_a_cap_is_a_line_of_its_own():
    found = compute(CAPPED, DEALS)
    assert found.total == 12_000
    last = found.lines[-1]
    assert (last.code, last.amount, last.rule) == ("cap", -1_440, "")
    assert last.facts == {"total": 13_440, "cap": 12_000}


def test_below_the_cap_nothing_is_cut():
    assert compute(Plan(RULES, Decimal(13_440)), DEALS) == compute(PLAN, DEALS)


def test_no_deals_no_money():
    assert compute(PLAN, []).lines == ()
    assert compute(PLAN, []).total == 0


def test_no_deal_counts_twice():
    with pytest.raises(PlanError, match="deal_twice"):
        compute(PLAN, [deal(1), deal(1)])


def test_a_deal_taken_back_costs_what_it_brought():
    found = clawback(PLAN, DEALS, ["D12"])
    assert {d.rule: d.owed for d in found.differences} == {
        "unit": 300,
        "policy": 50,
        "front": 575,
        "accessories": 20,
        "units": 400,
    }
    assert found.owed == 1_345
    assert found.after.total == 13_440 - 1_345


def test_a_step_of_the_ladder_is_lost_with_it():
    found = clawback(PLAN, DEALS, ["D10", "D11", "D12"])
    [ladder] = [d for d in found.differences if d.rule == "units"]
    assert (ladder.before, ladder.after, ladder.owed) == (4_800, 1_800, 3_000)


def test_a_bonus_is_lost_with_it():
    six_of_ten = clawback(PLAN, DEALS, ["D1", "D2"])
    assert "finance" not in [d.rule for d in six_of_ten.differences]
    found = clawback(PLAN, DEALS, ["D1", "D2", "D3"])
    assert {d.rule: d.owed for d in found.differences}["finance"] == 1_000


def test_what_the_cap_had_cut_off_is_not_owed_back():
    found = clawback(CAPPED, DEALS, ["D12"])
    assert {d.rule: d.owed for d in found.differences}[""] == -1_345
    assert found.owed == 0
    found = clawback(CAPPED, DEALS, ["D11", "D12"])
    assert found.owed == 12_000 - found.after.total > 0


def test_a_deal_at_a_loss_gives_back_what_it_took():
    plan = Plan((GrossShare("front", Decimal(5), counts_losses=True),))
    deals = [
        Deal("good", {"car": Decimal(4_000)}),
        Deal("bad", {"car": Decimal(-1_000)}),
    ]
    assert compute(plan, deals).total == 150
    assert clawback(plan, deals, ["bad"]).owed == -50


def test_all_taken_back_is_all_owed():
    found = clawback(PLAN, DEALS, [deal.key for deal in DEALS])
    assert (found.owed, found.after.total) == (13_440, 0)


def test_nothing_taken_back_is_nothing_owed():
    found = clawback(PLAN, DEALS, [])
    assert (found.differences, found.owed) == ((), 0)


def test_only_deals_of_the_period_are_taken_back():
    with pytest.raises(PlanError, match="unknown_deal"):
        clawback(PLAN, DEALS, ["D13"])
