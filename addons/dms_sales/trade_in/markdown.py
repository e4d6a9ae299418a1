"""When the price of a car in stock falls, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from odoo.addons.dms_base.money import HUNDRED

ROUND_TO: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cut:
    """From so many days in stock on, the first asking price less so many percent."""

    days: int
    percent: Decimal


def cut_due(cuts: Iterable[Cut], days: int) -> Cut | None:
    """:return: the last cut whose day has come, None before the first

    >>> cut_due([Cut(30, Decimal(2)), Cut(60, Decimal(5))], 45)
    Cut(days=30, percent=Decimal('2'))
    """
    due = [cut for cut in cuts if cut.days <= days]
    return max(due, key=lambda cut: cut.days, default=None)


def cut_price(first: Decimal, percent: Decimal) -> Decimal:
    """:return: the first asking price less a cut, down to whole hundreds

    >>> cut_price(Decimal(88_800), Decimal(2))
    Decimal('87000')
    """
    left = first * (HUNDRED - percent) / HUNDRED
    return (left / ROUND_TO).to_integral_value(ROUND_FLOOR) * ROUND_TO
