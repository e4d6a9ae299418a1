"""One deal with everything in it, to the cent.

List price 169,500, of which the OEM takes off 5,650 and the store 3,390; a loan of
120,000 over 36 months at 1.99 %, for which the store pays the lender 4,991.65 at once;
an old car worth 40,000 taken at 42,000 with a loan of 12,000 on it.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.dms_sales.desk import Financing, Line, Sheet, TradeIn, gross, totals
from odoo.addons.dms_sales.loan import Loan, schedule, subsidy
from odoo.addons.dms_sales.purchase_tax import Purchase, assess

AMOUNT = Decimal(120_000)
OFFERED = Loan(AMOUNT, 36, Decimal("1.99"))
SIX = Decimal(6)


def line(block, charge=0, cost=0, income=0, **more):
    amounts = (Decimal(charge), Decimal(cost), Decimal(income))
    return Line(block, *amounts, **more)


LINES = (
    line("car", 169_500, cost=145_000),
    line("oem_discount", -5_650, income=5_650),
    line("store_discount", -3_390),
    line("accessories", 5_650, cost=2_000, name="film"),
    line("accessories", 1_130, cost=300, name="fitting"),
    line("insurance", 6_000, income=954, percent=SIX, is_passed_on=True),
    line("registration", 125, is_passed_on=True, name="plates and papers"),
    line("registration", 1_060, cost=300, percent=SIX, name="service"),
    line("purchase_tax", 14_200, is_passed_on=True),
    line("loan", 3_180, income=2_120, percent=SIX, name="fee"),
    line("loan", cost="4991.65", name="subsidy"),
    line("rebate", income=4_520),
    line("commission", cost=800),
)
DEAL = Sheet(
    lines=LINES,
    trade_in=TradeIn(Decimal(42_000), Decimal(40_000), Decimal(12_000)),
    financing=Financing.of(schedule(OFFERED)),
    paid=Decimal(5_000),
)


def test_the_customer_pays():
    assert totals(DEAL).customer_pays == 191_805
    assert totals(DEAL).blocks == {
        "car": 169_500,
        "oem_discount": -5_650,
        "store_discount": -3_390,
        "accessories": 6_780,
        "insurance": 6_000,
        "registration": 1_185,
        "purchase_tax": 14_200,
        "loan": 3_180,
        "rebate": 0,
        "commission": 0,
    }


def test_cash_needed_is_what_loan_old_car_and_deposit_leave_open():
    found = totals(DEAL)
    assert (found.financed, found.traded_in, found.paid) == (120_000, 30_000, 5_000)
    assert found.cash_needed == 36_805


def test_the_monthly_rate_is_that_of_the_loan():
    found = totals(DEAL)
    assert (found.monthly, found.months) == (Decimal("3436.59"), 36)
    assert found.last_payment == Decimal("3436.42")
    assert found.interest == Decimal("3717.07")


def test_the_true_gross_of_each_block():
    assert gross(DEAL).blocks == {
        "car": 5_000,
        "oem_discount": 0,
        "store_discount": -3_000,
        "accessories": 3_700,
        "insurance": 900,
        "registration": 700,
        "purchase_tax": 0,
        "loan": Decimal("8.35"),
        "rebate": 4_000,
        "commission": -800,
        "trade_in": -2_000,
    }


def test_front_back_and_total():
    found = gross(DEAL)
    assert found.front == 0
    assert found.back == Decimal("5308.35")
    assert found.before_commission == Decimal("9308.35")
    assert found.total == Decimal("8508.35")


def test_the_sheet_agrees_with_the_other_packages():
    asked = Loan(AMOUNT, 36, Decimal("4.80"))
    [cost] = [x.cost for x in DEAL.of("loan") if x.name == "subsidy"]
    assert cost == subsidy(asked, OFFERED).upfront
    price = DEAL.charged("car", "oem_discount", "store_discount")
    tax = assess(Purchase(date(2026, 3, 2), price / Decimal("1.13"), "ice")).tax
    assert DEAL.charged("purchase_tax") == tax


def test_paid_in_cash():
    cash = replace(DEAL, financing=None, trade_in=None, paid=Decimal(0))
    found = totals(cash)
    assert found.cash_needed == found.customer_pays == 191_805
    assert (found.monthly, found.months, found.interest) == (0, 0, 0)


def test_an_old_loan_above_the_allowance_is_paid_by_the_customer():
    owing = TradeIn(Decimal(40_000), Decimal(40_000), Decimal(55_000))
    assert totals(replace(DEAL, trade_in=owing)).cash_needed == 81_805


def test_a_car_taken_below_its_value_earns():
    bargain = TradeIn(Decimal(38_000), Decimal(40_000))
    assert gross(replace(DEAL, trade_in=bargain)).blocks["trade_in"] == 2_000


@pytest.mark.parametrize("index", range(len(LINES)))
def test_each_line_counts_in_its_block_only(index):
    rest = LINES[:index] + LINES[index + 1 :]
    with_it, without = gross(DEAL).blocks, gross(replace(DEAL, lines=rest)).blocks
    blocks = set(with_it) - {LINES[index].block}
    assert all(with_it[block] == without[block] for block in blocks)


def test_an_empty_sheet_costs_and_earns_nothing():
    assert totals(Sheet()).customer_pays == 0
    assert gross(Sheet()).total == 0
