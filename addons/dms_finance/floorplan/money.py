"""Rounding, in one place."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)


def cents(amount: Decimal) -> Decimal:
    """Round half up to the cent, as lenders' statements do.

    What a contract has cost is rounded once, as a whole: each accrual books the rounded
    total less what was booked before, so no cent is lost or gained by the number of
    accruals.
    """
    return amount.quantize(CENT, ROUND_HALF_UP)


def spread(amount: Decimal, count: int) -> list[Decimal]:
    """Divide an amount into parts that differ by a cent at most and add up to it.

    >>> spread(Decimal(100), 3)
    [Decimal('33.33'), Decimal('33.34'), Decimal('33.33')]
    """
    ends = [cents(amount * number / count) for number in range(count + 1)]
    return [after - before for before, after in pairwise(ends)]


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """:return: ``percent`` hundredths of ``amount``, rounded to the cent"""
    return cents(amount * percent / HUNDRED)
