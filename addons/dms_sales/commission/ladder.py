"""More money for more cars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from odoo.addons.dms_base.money import ZERO, cents

from .deal import Deal
from .line import Line


@dataclass(frozen=True, slots=True)
class Ladder:
    """So much per car by the number of cars of the period.

    :ivar steps: from how many cars on, how much per car, in yuan
    :ivar is_retroactive: the step reached counts for all cars; else each car gets what
        the step it stands on says

    Facts: ``units``, ``first`` and ``last`` (places of the cars), ``per_unit``.
    """

    name: str
    steps: tuple[tuple[int, Decimal], ...]
    is_retroactive: bool = True
    kind: ClassVar[str] = "ladder"

    def lines(self, deals: Sequence[Deal]) -> Iterator[Line]:
        units = len(deals)
        for first, last, per_unit in self._spans(units):
            amount = cents(per_unit * (last - first + 1))
            facts = {"units": units, "first": first, "last": last, "per_unit": per_unit}
            if amount:
                yield Line(self.name, self.kind, amount, "", facts)

    def _spans(self, units: int) -> Iterator[tuple[int, int, Decimal]]:
        """Yield first car, last car and amount per car of each step that counts"""
        reached = [step for step in self.steps if step[0] <= units]
        if self.is_retroactive:
            yield from ((1, units, per_unit) for _start, per_unit in reached[-1:])
            return
        spans = pairwise([*reached, (units + 1, ZERO)])
        for (first, per_unit), (beyond, _next) in spans:
            yield first, beyond - 1, per_unit

    def problem(self) -> str:
        starts = [start for start, _amount in self.steps]
        if not starts or starts[0] < 1:
            return "steps"
        if any(one >= other for one, other in pairwise(starts)):
            return "steps"
        return "negative" if min(amount for _start, amount in self.steps) < 0 else ""
