"""Rounding, in one place."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
MONTHS: Final = 12
ZERO: Final = Decimal(0)


def cents(amount: Decimal) -> Decimal:
    """:return: the amount in yuan, half up to the cent (分)"""
    return amount.quantize(CENT, ROUND_HALF_UP)


def monthly(percent: Decimal) -> Decimal:
    """:return: the rate of a month as a fraction: 0.004 for 4.80 % a year"""
    return percent / (HUNDRED * MONTHS)
