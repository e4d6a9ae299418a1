"""Money for what a deal earns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from odoo.addons.dms_base.money import HUNDRED, cents

from .deal import Deal
from .line import Line


@dataclass(frozen=True, slots=True)
class GrossShare:
    """A share of the gross of some blocks, of all if none is named.

    A deal at a loss brings nothing; if ``counts_losses`` it takes away.
    Facts: ``gross``, ``percent``.
    """

    name: str
    percent: Decimal
    blocks: tuple[str, ...] = ()
    counts_losses: bool = False
    kind: ClassVar[str] = "gross_share"

    def lines(self, deals: Sequence[Deal]) -> Iterator[Line]:
        for deal in deals:
            gross = deal.gross_of(self.blocks)
            amount = cents(gross * self.percent / HUNDRED)
            if amount > 0 or (amount and self.counts_losses):
                facts = {"gross": gross, "percent": self.percent}
                yield Line(self.name, self.kind, amount, deal.key, facts)

    def problem(self) -> str:
        return "" if 0 <= self.percent <= HUNDRED else "percent"
