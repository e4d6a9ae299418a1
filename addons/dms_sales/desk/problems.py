"""What must not be offered, whoever agrees."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from odoo.addons.dms_base.money import HUNDRED

from .line import DISCOUNTS
from .sheet import Sheet
from .totals import totals


class Problem(NamedTuple):
    """A stable code with the facts that its message needs."""

    code: str
    facts: dict[str, Any]


def problems(sheet: Sheet, max_percent: Decimal | None = None) -> list[Problem]:
    """:param max_percent: of the car's price that a lender finances (LTV); ``None`` if
        the lender decides by itself
    :return: codes:

        - ``above_list``: a line ``name`` costs ``charge`` instead of ``listed``, which
          汽车销售管理办法 article 10 forbids
        - ``over_financed``: the customer would get ``amount`` out
        - ``over_lent``: ``amount`` lent on a car of ``price``
    """
    return [
        *_above_list(sheet),
        *_over_financed(sheet),
        *_over_lent(sheet, max_percent),
    ]


def _above_list(sheet: Sheet) -> Iterator[Problem]:
    for line in sheet.lines:
        if line.block not in DISCOUNTS and line.charge > line.by_list:
            facts = {"name": line.name, "charge": line.charge, "listed": line.by_list}
            yield Problem("above_list", facts)


def _over_financed(sheet: Sheet) -> Iterator[Problem]:
    """What was paid before may come back; a loan may not be paid out"""
    needed = totals(sheet).cash_needed
    if sheet.financing and needed + sheet.paid < 0:
        yield Problem("over_financed", {"amount": -needed - sheet.paid})


def _over_lent(sheet: Sheet, max_percent: Decimal | None) -> Iterator[Problem]:
    if max_percent is None or not sheet.financing:
        return
    price = sheet.charged("car", *DISCOUNTS)
    if sheet.financing.amount * HUNDRED > max_percent * price:
        facts = {"amount": sheet.financing.amount, "price": price}
        yield Problem("over_lent", facts)
