"""What a store can pay for a used car, from what it will get for it."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from odoo.addons.dms_base.money import HUNDRED, ZERO, percent_of, without_vat

ROUND_TO: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Costs:
    """What comes between buying and selling, in yuan without VAT.

    :ivar repairs: to make the car ready for sale
    :ivar fees: of both transfers of ownership
    :ivar margin_percent: of the net selling price, what has to stay
    """

    repairs: Decimal = ZERO
    fees: Decimal = ZERO
    margin_percent: Decimal = ZERO


def selling_net(price: Decimal, vat_percent: Decimal) -> Decimal:
    """:return: what is left of a selling price when its VAT is paid

    >>> selling_net(Decimal(80_000), Decimal("0.5"))
    Decimal('79601.99')
    """
    return without_vat(price, vat_percent)


def buying_price(price: Decimal, vat_percent: Decimal, costs: Costs) -> Decimal:
    """:param price: for which the car will be sold, with VAT
    :return: what can be paid for it, down to whole hundreds; never below 0

    >>> costs = Costs(Decimal(2_000), Decimal(500), Decimal(8))
    >>> buying_price(Decimal(80_000), Decimal("0.5"), costs)
    Decimal('70700')
    """
    net = selling_net(price, vat_percent)
    left = net - percent_of(net, costs.margin_percent) - costs.repairs - costs.fees
    return max(ZERO, (left / HUNDRED).to_integral_value(ROUND_FLOOR) * ROUND_TO)
