"""The true gross of a deal: what stays, block by block, without VAT."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.dms_base.money import ZERO, without_vat

from .line import BACK, BLOCKS, FRONT, INVOICED_WITH_CAR, Block, Line
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Gross:
    """In yuan without VAT.

    :ivar blocks: of each block the sheet has
    """

    blocks: Mapping[Block, Decimal]

    def of(self, *blocks: Block) -> Decimal:
        """:return: of these blocks together"""
        return sum((self.blocks.get(block, ZERO) for block in blocks), ZERO)

    @property
    def front(self) -> Decimal:
        """With the car itself (前端毛利)."""
        return self.of(*FRONT)

    @property
    def back(self) -> Decimal:
        """With what is sold around it (后端毛利)."""
        return self.of(*BACK)

    @property
    def before_commission(self) -> Decimal:
        """Front, back and rebates (综合毛利), as the indicators count it."""
        return self.front + self.back + self.of("rebate")

    @property
    def total(self) -> Decimal:
        """What stays when who sold it has been paid, too."""
        return self.of(*BLOCKS)


def gross(sheet: Sheet) -> Gross:
    """:return: what the store earns: revenue and income without VAT less cost

    What is passed on is no revenue. A car given in costs what the customer gets above
    its value, and earns what it is worth above that.
    """
    blocks: dict[Block, Decimal] = {}
    for line, revenue in _revenues(sheet.lines):
        earned = revenue + without_vat(line.income, line.percent) - line.cost
        blocks[line.block] = blocks.get(line.block, ZERO) + earned
    if car := sheet.trade_in:
        difference = car.value - car.allowance
        blocks["trade_in"] = blocks.get("trade_in", ZERO) + difference
    return Gross(blocks)


def _revenues(lines: Iterable[Line]) -> Iterator[tuple[Line, Decimal]]:
    """Pair lines with revenue; those on the car's invoice add up to its net amount

    Each of them gets what the rounded amount grows by, so that no cent is lost or
    gained by the number of discounts.
    """
    so_far: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.is_passed_on:
            yield line, ZERO
        elif line.block not in INVOICED_WITH_CAR:
            yield line, without_vat(line.charge, line.percent)
        else:
            before = without_vat(so_far[line.percent], line.percent)
            so_far[line.percent] += line.charge
            yield line, without_vat(so_far[line.percent], line.percent) - before
