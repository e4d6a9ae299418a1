"""Amounts in yuan as exact decimals, rounded in one place."""

from decimal import ROUND_HALF_UP, Decimal
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
