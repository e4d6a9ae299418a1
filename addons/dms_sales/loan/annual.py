"""The annualised rate that has to be shown to a customer.

The rate at which what is paid is worth what was received: on what is still owed, month
by month, and with all direct fees, as the People's Bank of China asks since 2021.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from odoo.addons.dms_base.coded_error import CodedError
from odoo.addons.dms_base.money import HUNDRED

from .present import present_value
from .rate import MONTHS

LOWEST: Final = Decimal("-0.5")
HIGHEST: Final = Decimal(10)
STEPS: Final = 60
BASIS_POINT: Final = Decimal("0.01")


class AnnualError(CodedError):
    """No rate fits; ``code``: ``received`` (not above zero), ``payments`` (none, or
    one below zero), ``rate`` (below -50 % or above 1,000 % a month)."""


class Annualised(NamedTuple):
    """Rates in percent a year, half up to the basis point.

    :ivar nominal: the rate of a month times twelve (IRR × 12)
    :ivar effective: with interest on interest
    """

    nominal: Decimal
    effective: Decimal


def annualised(received: Decimal, payments: Sequence[Decimal]) -> Annualised:
    """:param received: what the customer has of the loan: the amount less fees paid at
        the start, in yuan
    :param payments: month by month, the first a month after the start, with fees that
        are paid then
    :raise AnnualError: says why there is no rate
    """
    rate = monthly_rate(received, payments)
    effective = (1 + rate) ** MONTHS - 1
    return Annualised(_percent(rate * MONTHS), _percent(effective))


def monthly_rate(received: Decimal, payments: Sequence[Decimal]) -> Decimal:
    """:return: the rate of a month as a fraction, to fifteen places and more

    Halves an interval: the value of payments only falls when the rate rises.
    """
    _check(received, payments)
    low, high = LOWEST, HIGHEST
    for _step in range(STEPS):
        middle = (low + high) / 2
        if present_value(payments, middle) > received:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _check(received: Decimal, payments: Sequence[Decimal]) -> None:
    if received <= 0:
        raise AnnualError("received")
    if min(payments, default=Decimal(-1)) < 0 or not any(payments):
        raise AnnualError("payments")
    lowest, highest = (present_value(payments, rate) for rate in (HIGHEST, LOWEST))
    if not lowest <= received <= highest:
        raise AnnualError("rate")


def _percent(fraction: Decimal) -> Decimal:
    rounded = (fraction * HUNDRED).quantize(BASIS_POINT, ROUND_HALF_UP)
    return rounded + 0  # no minus before a zero
