"""Amounts in yuan as exact decimals, rounded in one place."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
ZERO: Final = Decimal(0)


def cents(amount: Decimal) -> Decimal:
    """:return: the amount in yuan, half up to the cent (分), away from zero below it"""
    return amount.quantize(CENT, ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """:return: ``percent`` hundredths of ``amount``, rounded to the cent"""
    return cents(amount * percent / HUNDRED)


def spread(amount: Decimal, count: int) -> list[Decimal]:
    """Divide an amount into parts that differ by a cent at most and add up to it.

    >>> spread(Decimal(100), 3)
    [Decimal('33.33'), Decimal('33.34'), Decimal('33.33')]
    """
    ends = [cents(amount * number / count) for number in range(count + 1)]
    return [after - before for before, after in pairwise(ends)]


def without_vat(gross: Decimal, percent: Decimal) -> Decimal:
    """:return: what is left of a price with VAT without it, to the cent"""
    return cents(gross * HUNDRED / (HUNDRED + percent))


def exact(number: float | None) -> Decimal:
    """:return: what somebody typed into a field of Odoo, up to six decimals, not its
    neighbour among the binary floats; 0 for nothing

    >>> exact(142000.01)
    Decimal('142000.01')
    """
    return Decimal(str(round(number or 0.0, 6)))
