"""What payments of later months are worth today."""

from collections.abc import Sequence
from decimal import Decimal

from odoo.addons.dms_base.money import ZERO


def present_value(payments: Sequence[Decimal], rate: Decimal) -> Decimal:
    """:param payments: in yuan, the first of them a month from now
    :param rate: of a month, as a fraction above -1
    :return: their value today, exact
    """
    value = ZERO
    for payment in reversed(payments):
        value = (value + payment) / (1 + rate)
    return value
