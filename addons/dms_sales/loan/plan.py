"""The plan of repayment, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.dms_base.money import ZERO


class Row(NamedTuple):
    """One month, amounts in yuan.

    :ivar number: of the month, from 1
    :ivar payment: what the customer pays: interest and principal
    :ivar balance: what is owed after it
    """

    number: int
    payment: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """All months of a loan; what was rounded away before is in the last one.

    :ivar amount: lent, in yuan
    """

    amount: Decimal
    rows: tuple[Row, ...]

    @property
    def payments(self) -> tuple[Decimal, ...]:
        """What the customer pays, month by month."""
        return tuple(row.payment for row in self.rows)

    @property
    def interest(self) -> Decimal:
        """All interest, or the whole flat fee."""
        return sum((row.interest for row in self.rows), ZERO)


def build(amount: Decimal, parts: Iterable[tuple[Decimal, Decimal]]) -> Schedule:
    """:param parts: interest and principal of each month
    :return: the schedule with payments and balances
    """
    rows: list[Row] = []
    balance = amount
    for number, (interest, principal) in enumerate(parts, start=1):
        balance -= principal
        rows.append(Row(number, interest + principal, interest, principal, balance))
    return Schedule(amount, tuple(rows))
