"""Money for each car."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from odoo.addons.dms_base.money import cents

from .deal import Deal
from .line import Line


@dataclass(frozen=True, slots=True)
class PerUnit:
    """So much for each car; with ``flag`` only for deals that have it.

    Facts: ``flag``.
    """

    name: str
    amount: Decimal
    flag: str = ""
    kind: ClassVar[str] = "per_unit"

    def lines(self, deals: Sequence[Deal]) -> Iterator[Line]:
        for deal in deals:
            if self.amount and (not self.flag or self.flag in deal.flags):
                facts = {"flag": self.flag}
                yield Line(self.name, self.kind, cents(self.amount), deal.key, facts)

    def problem(self) -> str:
        return "negative" if self.amount < 0 else ""
