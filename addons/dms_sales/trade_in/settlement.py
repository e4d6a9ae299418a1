"""Who gets the price of a car that a store buys."""

from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.dms_base.money import ZERO


@dataclass(frozen=True, slots=True)
class Settlement:
    """In yuan; lender, set-off and owner add up to the price plus what is owed.

    :ivar lender: ends the old loan
    :ivar set_off: against what the owner owes for a new car
    :ivar owner: paid to his account
    :ivar owed: the old loan is larger than the price: the owner pays the difference
    """

    lender: Decimal
    set_off: Decimal
    owner: Decimal
    owed: Decimal


def settle(price: Decimal, payoff: Decimal = ZERO, due: Decimal = ZERO) -> Settlement:
    """:param payoff: by the letter of the lender, 0 without a loan
    :param due: what the owner owes for the car he buys

    >>> settle(Decimal(80_000), Decimal(30_000), Decimal(200_000)).set_off
    Decimal('50000')
    """
    equity = max(ZERO, price - payoff)
    set_off = min(equity, max(ZERO, due))
    return Settlement(payoff, set_off, equity - set_off, max(ZERO, payoff - price))
