"""What is owed back when cars come back."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.dms_base.money import ZERO

from .deal import Deal
from .plan import Plan, PlanError
from .statement import Statement, compute


class Difference(NamedTuple):
    """:ivar rule: name of the rule, ``""`` for the cap
    :ivar before: what it brought with all deals, in yuan
    :ivar after: what it brings without those taken back
    """

    rule: str
    before: Decimal
    after: Decimal

    @property
    def owed(self) -> Decimal:
        return self.before - self.after


class Clawback(NamedTuple):
    """:ivar differences: of the rules that bring something else now
    :ivar after: the statement as it should have been
    """

    differences: tuple[Difference, ...]
    after: Statement

    @property
    def owed(self) -> Decimal:
        """Yuan owed back; below zero is paid, when a deal at a loss is gone."""
        return sum((difference.owed for difference in self.differences), ZERO)


def clawback(
    plan: Plan, deals: Iterable[Deal], taken_back: Collection[str]
) -> Clawback:
    """Compute the period again as if some deals had never been.

    So a lost step of a ladder or a bonus is owed back, too, and nothing of what the cap
    had cut off.

    :param deals: those the first statement was made of
    :param taken_back: their keys
    :raise PlanError: ``unknown_deal`` if one was not among them
    """
    known = list(deals)
    if not {deal.key for deal in known}.issuperset(taken_back):
        raise PlanError("unknown_deal")
    before = compute(plan, known)
    after = compute(plan, [deal for deal in known if deal.key not in taken_back])
    names = [*(rule.name for rule in plan.rules), ""]
    pairs = (Difference(n, before.of_rule(n), after.of_rule(n)) for n in names)
    return Clawback(tuple(pair for pair in pairs if pair.owed), after)
