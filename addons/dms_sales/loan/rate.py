"""From the rate of a year to that of a month."""

from decimal import Decimal
from typing import Final

from odoo.addons.dms_base.money import HUNDRED

MONTHS: Final = 12


def monthly(percent: Decimal) -> Decimal:
    """:return: the rate of a month as a fraction: 0.004 for 4.80 % a year"""
    return percent / (HUNDRED * MONTHS)
