"""A price with VAT, taken apart."""

from decimal import Decimal
from typing import Final, NamedTuple

from odoo.addons.dms_base.money import without_vat

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
    net = without_vat(gross, percent)
    return Split(gross, net, gross - net)
