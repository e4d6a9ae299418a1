"""What holds whatever the deals are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.commission import (
    Deal,
    GrossShare,
    Ladder,
    Penetration,
    PerUnit,
    Plan,
    clawback,
    compute,
)

RULES = (
    PerUnit("unit", Decimal(300)),
    PerUnit("policy", Decimal("49.99"), "insured"),
    GrossShare("front", Decimal("4.5"), ("car",), counts_losses=True),
    GrossShare("all", Decimal("1.25")),
    Ladder("units", ((1, Decimal(100)), (3, Decimal(250)))),
    Ladder("more", ((2, Decimal(50)), (4, Decimal(80))), is_retroactive=False),
    Penetration("finance", "financed", Decimal(50), Decimal(75), is_per_unit=True),
)
CENTS = st.integers(-(10**6), 10**6).map(lambda n: Decimal(n) / 100)
FIGURES = st.tuples(
    st.dictionaries(st.sampled_from(["car", "loan", "accessories"]), CENTS),
    st.frozensets(st.sampled_from(["insured", "financed"])),
)
DEALS = st.lists(FIGURES, max_size=7).map(
    lambda figures: [Deal(f"D{n}", *figure) for n, figure in enumerate(figures)]
)
CAPS = st.one_of(st.none(), st.integers(0, 3_000).map(Decimal))
PLANS = st.builds(Plan, st.just(RULES), CAPS)


@given(PLANS, DEALS)
def test_rules_and_cap_make_up_the_total(plan, deals):
    found = compute(plan, deals)
    names = [*(rule.name for rule in plan.rules), ""]
    assert sum(map(found.of_rule, names)) == found.total


@given(PLANS, DEALS)
def test_deals_and_what_belongs_to_none_make_up_the_total(plan, deals):
    found = compute(plan, deals)
    keys = ["", *(deal.key for deal in deals)]
    lines = [line for key in keys for line in found.of_deal(key)]
    assert sum(line.amount for line in lines) == found.total
    assert len(lines) == len(found.lines)


@given(PLANS, DEALS)
def test_the_cap_holds(plan, deals):
    assert plan.cap is None or compute(plan, deals).total <= plan.cap


@given(PLANS, DEALS)
def test_no_line_is_empty_or_a_part_of_a_cent(plan, deals):
    for line in compute(plan, deals).lines:
        assert line.amount
        assert line.amount == line.amount.quantize(Decimal("0.01"))


@given(PLANS, DEALS)
def test_the_order_of_deals_does_not_matter(plan, deals):
    assert compute(plan, deals[::-1]).total == compute(plan, deals).total


@given(PLANS, DEALS, st.data())
def test_what_is_owed_back_leaves_what_should_have_been_paid(plan, deals, data):
    keys = [deal.key for deal in deals]
    gone = data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    found = clawback(plan, deals, gone)
    assert compute(plan, deals).total - found.owed == found.after.total
    rest = [deal for deal in deals if deal.key not in gone]
    assert found.after == compute(plan, rest)


@given(PLANS, DEALS)
def test_a_plan_read_back_pays_the_same(plan, deals):
    read = Plan.from_json(plan.as_json())
    assert compute(read, deals) == compute(plan, deals)
