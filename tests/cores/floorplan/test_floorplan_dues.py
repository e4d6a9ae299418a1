from datetime import date
from decimal import Decimal

from odoo.addons.dms_finance.floorplan import Curtailment, Due, Terms, allocate, dues

START, MATURITY = date(2026, 1, 5), date(2026, 7, 4)
TENTHS = [Curtailment(120, Decimal(10)), Curtailment(90, Decimal(10))]


def test_curtailments_come_by_age_and_the_rest_at_maturity():
    plan = dues(Terms(curtailments=TENTHS), Decimal(180_000), START, MATURITY)
    assert plan == [
        Due(date(2026, 4, 5), Decimal(18_000), "curtailment"),
        Due(date(2026, 5, 5), Decimal(18_000), "curtailment"),
        Due(MATURITY, Decimal(144_000), "final"),
    ]


def test_the_deposit_is_not_paid_twice():
    terms = Terms(deposit_percent=Decimal(20))
    plan = dues(terms, Decimal(200_000), START, MATURITY)
    assert plan == [Due(MATURITY, Decimal(160_000), "final")]


def test_a_curtailment_after_maturity_is_part_of_the_rest():
    terms = Terms(curtailments=TENTHS)
    plan = dues(terms, Decimal(180_000), START, date(2026, 5, 5))
    assert [due.amount for due in plan] == [18_000, 162_000]


def test_the_plan_adds_up_whatever_is_rounded():
    thirds = [Curtailment(day, Decimal("33.33")) for day in (30, 60, 90)]
    plan = dues(Terms(curtailments=thirds), Decimal("100000.01"), START, MATURITY)
    assert sum(due.amount for due in plan) == Decimal("100000.01")


def test_payments_cover_the_earliest_first():
    amounts = [Decimal(18_000), Decimal(18_000), Decimal(144_000)]
    assert allocate(amounts, Decimal(20_000)) == [0, 16_000, 144_000]


def test_what_is_paid_too_much_covers_nothing_more():
    assert allocate([Decimal(100)], Decimal(150)) == [0]


def test_what_is_taken_back_opens_no_more_than_was_due():
    assert allocate([Decimal(100)], Decimal(-50)) == [100]
