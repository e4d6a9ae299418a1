"""Money for how often something goes with a car."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from odoo.addons.dms_base.money import HUNDRED, cents

from .deal import Deal
from .line import Line


@dataclass(frozen=True, slots=True)
class Penetration:
    """A bonus once so many of a hundred deals have a flag.

    :ivar is_per_unit: the amount is for each deal with the flag; else it is paid once

    Facts: ``count``, ``units``, ``percent`` (to two places), ``from_percent``.
    """

    name: str
    flag: str
    from_percent: Decimal
    amount: Decimal
    is_per_unit: bool = False
    kind: ClassVar[str] = "penetration"

    def lines(self, deals: Sequence[Deal]) -> Iterator[Line]:
        count, units = sum(self.flag in deal.flags for deal in deals), len(deals)
        if not count or count * HUNDRED < self.from_percent * units or not self.amount:
            return
        facts = {
            "count": count,
            "units": units,
            "percent": cents(count * HUNDRED / units),
            "from_percent": self.from_percent,
        }
        amount = cents(self.amount * (count if self.is_per_unit else 1))
        yield Line(self.name, self.kind, amount, "", facts)

    def problem(self) -> str:
        if not 0 <= self.from_percent <= HUNDRED:
            return "percent"
        if not self.flag:
            return "flag"
        return "negative" if self.amount < 0 else ""
