"""What a period's deals bring by a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.dms_base.money import ZERO, cents

from .deal import Deal
from .line import Line
from .plan import Plan, PlanError


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines in the order of the plan's rules, then of the deals; the cap last."""

    lines: tuple[Line, ...] = ()

    @property
    def total(self) -> Decimal:
        """What is paid, in yuan."""
        return sum((line.amount for line in self.lines), ZERO)

    def of_rule(self, rule: str) -> Decimal:
        """:return: what a rule brings in total, in yuan; ``""`` for the cap"""
        return sum((line.amount for line in self.lines if line.rule == rule), ZERO)

    def of_deal(self, key: str) -> tuple[Line, ...]:
        """:return: the lines that one deal alone brings"""
        return tuple(line for line in self.lines if line.deal == key)


def compute(plan: Plan, deals: Iterable[Deal]) -> Statement:
    """:param deals: all of one person, or team, and period
    :raise PlanError: ``deal_twice``
    """
    known = list(deals)
    if len({deal.key for deal in known}) < len(known):
        raise PlanError("deal_twice")
    lines = [line for rule in plan.rules for line in rule.lines(known)]
    return Statement((*lines, *_cap(plan, lines)))


def _cap(plan: Plan, lines: list[Line]) -> list[Line]:
    total = sum((line.amount for line in lines), ZERO)
    if plan.cap is None or total <= plan.cap:
        return []
    facts = {"total": total, "cap": plan.cap}
    return [Line("", "cap", cents(plan.cap - total), "", facts)]
