"""What is particular to a bank acceptance (银行承兑汇票).

The store leaves a deposit with the bank, pays a fee on the face value, and for each car
pays the rest into the deposit account, upon which the bank releases its certificate.
"""

from decimal import Decimal

from odoo.addons.dms_base.money import HUNDRED, cents, percent_of

from .day_count import DayCount


def fee(face: Decimal, percent: Decimal) -> Decimal:
    """:return: the acceptance fee (承兑手续费) of a bill"""
    return percent_of(face, percent)


def release_amount(face: Decimal, deposit_percent: Decimal) -> Decimal:
    """:return: what has to be paid for a car of this face value before its release"""
    return face - percent_of(face, deposit_percent)


def deposit_interest(
    deposit: Decimal, percent: Decimal, days: int, day_count: DayCount
) -> Decimal:
    """:return: what the bank pays for a deposit (保证金) that lay there so long"""
    return cents(deposit * percent * days / (HUNDRED * day_count.year_days))
