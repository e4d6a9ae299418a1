"""What has to be paid back, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from odoo.addons.dms_base.money import percent_of

from .terms import Terms

Kind = Literal["curtailment", "final"]


@dataclass(frozen=True, slots=True)
class Due:
    """An amount to be paid back at the latest on a day."""

    on: date
    amount: Decimal
    kind: Kind


def dues(terms: Terms, principal: Decimal, start: date, maturity: date) -> list[Due]:
    """The whole plan of one car: curtailments by age, the rest at maturity.

    Curtailments count on the original principal. What lies with the bank as deposit is
    not paid twice. A curtailment at or after maturity is part of the rest.
    """
    rest = principal - percent_of(principal, terms.deposit_percent)
    plan = []
    for curtailment in terms.curtailments:
        day = start + timedelta(days=curtailment.day)
        if day < maturity:
            amount = percent_of(principal, curtailment.percent)
            plan.append(Due(day, amount, "curtailment"))
            rest -= amount
    return [*plan, Due(maturity, rest, "final")]


def allocate(amounts: Sequence[Decimal], paid: Decimal) -> list[Decimal]:
    """What is still open of amounts in their order, after ``paid`` in total.

    >>> allocate([Decimal(100), Decimal(50)], Decimal(120))
    [Decimal('0'), Decimal('30')]
    """
    still_open = []
    for amount in amounts:
        covered = min(max(paid, Decimal(0)), amount)
        still_open.append(amount - covered)
        paid -= covered
    return still_open
