"""The tax of one purchase, and why it is so much."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from odoo.addons.dms_base.money import percent_of

from .purchase import Purchase
from .relief import RELIEFS, Relief, relief_on

PERCENT: Final = Decimal(10)
"""车辆购置税法 article 4."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is to be paid and how it came about, amounts in yuan.

    :ivar base: what was taxed
    :ivar full: the tax before relief
    :ivar spared: what is taken off
    :ivar relief: the row of the table that was looked at, ``None`` for none
    :ivar refused: why a row did not help: ``not_in_catalogue``, ``electric_range``
    """

    base: Decimal
    full: Decimal
    spared: Decimal = Decimal(0)
    relief: Relief | None = None
    refused: tuple[str, ...] = ()

    @property
    def tax(self) -> Decimal:
        return self.full - self.spared


def assess(purchase: Purchase, reliefs: Iterable[Relief] = RELIEFS) -> Assessment:
    """Compute the tax by the rules of the day of purchase.

    The price is taken as paid: whether it is unjustifiably low is for the tax office to
    say (article 7), there is no fixed minimum.
    """
    full = percent_of(purchase.base, PERCENT)
    relief = relief_on(purchase.kind, purchase.on, reliefs)
    if relief is None:
        return Assessment(purchase.base, full)
    if refused := relief.missing(purchase):
        return Assessment(purchase.base, full, relief=relief, refused=tuple(refused))
    spared = relief.amount(full, purchase.is_passenger)
    return Assessment(purchase.base, full, spared, relief)
