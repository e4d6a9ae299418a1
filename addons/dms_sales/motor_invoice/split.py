"""A price with VAT, taken apart."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
VAT_PERCENT: Final = Decimal(13)
"""增值税 on goods since 2019-04-01."""


class Split(NamedTuple):
    """Amounts in yuan: price with VAT (价税合计), without (不含税价), VAT (税额)."""

    gross: Decimal
    net: Decimal
    tax: Decimal


def split(gross: Decimal, percent: Decimal = VAT_PERCENT) -> Split:
    """:return: the net price, half up to the cent, and the VAT as the rest

    Both make up the price, whatever was rounded; amounts below zero mirror those above.
    """
    net = (gross * HUNDRED / (HUNDRED + percent)).quantize(CENT, ROUND_HALF_UP)
    return Split(gross, net, gross - net)
