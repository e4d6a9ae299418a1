"""What a rule may look at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.dms_base.money import ZERO


@dataclass(frozen=True, slots=True)
class Deal:
    """The figures of one car sold, as the books have them.

    :ivar key: what tells deals apart
    :ivar gross: by block, in yuan without VAT
    :ivar flags: what goes with it, such as ``financed``, ``insured``, ``traded_in``
    """

    key: str
    gross: Mapping[str, Decimal] = field(default_factory=dict)
    flags: Collection[str] = ()

    def gross_of(self, blocks: Collection[str]) -> Decimal:
        """:return: of these blocks together, of all if none is named"""
        chosen = blocks or self.gross
        return sum((self.gross.get(block, ZERO) for block in chosen), ZERO)
