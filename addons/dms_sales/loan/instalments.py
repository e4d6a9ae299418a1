"""From terms to rows. Each month is rounded; the last pays what is left."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from odoo.addons.dms_base.money import HUNDRED, cents

from .plan import Schedule, build
from .rate import MONTHS, monthly
from .terms import Loan

Parts = Iterator[tuple[Decimal, Decimal]]


def schedule(loan: Loan) -> Schedule:
    """:return: what is paid each month, as the lender's statement shows it"""
    return build(loan.amount, _PARTS[loan.method](loan))


def instalment(loan: Loan) -> Decimal:
    """:return: the equal payment that leaves the balloon after all months, in yuan

    ``(P - B v^n) r / (1 - v^n)`` with ``v = 1 / (1 + r)``; the balloon bears interest
    until it is paid.
    """
    rate = monthly(loan.percent)
    if not rate:
        return cents((loan.amount - loan.balloon) / loan.months)
    discount = (1 + rate) ** -loan.months
    return cents((loan.amount - loan.balloon * discount) * rate / (1 - discount))


def _annuity(loan: Loan) -> Parts:
    payment = instalment(loan)
    rate, balance = monthly(loan.percent), loan.amount
    for _month in range(1, loan.months):
        interest = cents(balance * rate)
        yield interest, payment - interest
        balance -= payment - interest
    yield cents(balance * rate), balance


def _linear(loan: Loan) -> Parts:
    principal = cents(loan.amount / loan.months)
    rate, balance = monthly(loan.percent), loan.amount
    for _month in range(1, loan.months):
        yield cents(balance * rate), principal
        balance -= principal
    yield cents(balance * rate), balance


def _flat(loan: Loan) -> Parts:
    """The payment is rounded, not its parts, so that all but the last are equal"""
    fee = cents(loan.amount * loan.percent * loan.months / (HUNDRED * MONTHS))
    payment = cents((loan.amount + fee) / loan.months)
    interest, principal = cents(fee / loan.months), loan.amount
    for _month in range(1, loan.months):
        yield interest, payment - interest
        fee -= interest
        principal -= payment - interest
    yield fee, principal


_PARTS: Final[Mapping[str, Callable[[Loan], Parts]]] = {
    "annuity": _annuity,
    "balloon": _annuity,
    "linear": _linear,
    "flat": _flat,
}
