"""What comes back when a car is returned to its maker or dealer (article 15)."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Final

from odoo.addons.dms_base.money import HUNDRED, percent_of

LOST_PER_YEAR: Final = Decimal(10)


def full_years(since: date, until: date) -> int:
    """Count whole years; one is full on the day of the same date.

    Where the month has no such day its last day counts (民法典 article 202).

    >>> full_years(date(2024, 2, 29), date(2025, 2, 28))
    1
    """
    years = until.year - since.year
    last = monthrange(until.year, since.month)[1]
    anniversary = date(until.year, since.month, min(since.day, last))
    return years if until >= anniversary else years - 1


def refund(paid: Decimal, paid_on: date, asked_on: date) -> Decimal:
    """:return: yuan that come back: a tenth less for each full year since the payment,
        never less than nothing
    :raise ValueError: if it is asked for before it was paid
    """
    if asked_on < paid_on:
        raise ValueError("The refund is asked for before the tax was paid.")
    percent = HUNDRED - LOST_PER_YEAR * full_years(paid_on, asked_on)
    return percent_of(paid, max(percent, Decimal(0)))
