"""What holds whatever is on the sheet."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.desk import (
    BLOCKS,
    Financing,
    Limits,
    Line,
    Sheet,
    TradeIn,
    approver,
    discount_given,
    gross,
    needs,
    totals,
)

MONEY = st.integers(0, 3 * 10**7).map(lambda n: Decimal(n) / 100)
UNCHARGED = ("trade_in", "rebate", "commission")


@st.composite
def lines(draw):
    block = draw(st.sampled_from(BLOCKS))
    charge = draw(MONEY)
    if block.endswith("_discount"):
        charge = -charge
    return Line(
        block,
        Decimal(0) if block in UNCHARGED else charge,
        draw(MONEY),
        draw(MONEY),
        draw(st.sampled_from([Decimal(13), Decimal(6), Decimal(0)])),
        is_passed_on=draw(st.booleans()),
    )


SHEETS = st.builds(
    Sheet,
    lines=st.lists(lines(), max_size=8).map(tuple),
    trade_in=st.one_of(st.none(), st.builds(TradeIn, MONEY, MONEY, MONEY)),
    financing=st.one_of(st.none(), st.builds(Financing, MONEY)),
    paid=MONEY,
)


@given(SHEETS)
def test_the_blocks_make_up_what_the_customer_pays(sheet):
    found = totals(sheet)
    assert sum(found.blocks.values()) == found.customer_pays


@given(SHEETS)
def test_all_that_is_set_off_makes_up_what_the_customer_pays(sheet):
    found = totals(sheet)
    parts = (found.cash_needed, found.paid, found.financed, found.traded_in)
    assert sum(parts) == found.customer_pays


@given(SHEETS)
def test_front_back_rebates_and_commission_make_up_the_gross(sheet):
    found = gross(sheet)
    assert found.before_commission + found.of("commission") == found.total
    assert found.total == sum(found.blocks.values())


@given(SHEETS, st.randoms())
def test_the_order_of_lines_changes_no_total(sheet, random):
    shuffled = list(sheet.lines)
    random.shuffle(shuffled)
    other = replace(sheet, lines=tuple(shuffled))
    assert gross(other).total == gross(sheet).total
    assert totals(other).customer_pays == totals(sheet).customer_pays


@given(SHEETS)
def test_a_sheet_has_no_gross_of_a_loan_or_of_what_was_paid(sheet):
    bare = replace(sheet, financing=None, paid=Decimal(0))
    assert gross(bare) == gross(sheet)


@given(SHEETS, MONEY, MONEY)
def test_who_may_more_needs_no_more_consent(sheet, less, more):
    low, high = sorted((less, more))
    stricter = {need.code for need in needs(sheet, Limits("a", low))}
    assert stricter >= {need.code for need in needs(sheet, Limits("b", high))}


@given(SHEETS, MONEY)
def test_who_is_asked_needs_nobody_else(sheet, amount):
    ladder = [Limits("consultant", amount), Limits("director", below_floor=None)]
    role = approver(sheet, ladder)
    assert (role == "consultant") == (discount_given(sheet) <= amount)
