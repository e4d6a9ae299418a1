"""Rounding, in one place."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)


def cents(amount: Decimal) -> Decimal:
    """:return: the amount in yuan, half up to the cent (分)"""
    return amount.quantize(CENT, ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """:return: ``percent`` hundredths of ``amount``, rounded to the cent"""
    return cents(amount * percent / HUNDRED)
