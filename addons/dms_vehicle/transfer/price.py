"""What a store asks of its sister store for a car, to the cent."""

from dataclasses import dataclass

from odoo.addons.dms_base.money import HUNDRED, cents, exact


@dataclass(frozen=True)
class Rule:
    """``kind`` is ``cost``, ``cost_fee`` or ``margin``."""

    kind: str = "cost"
    fee: float = 0.0
    percent: float = 0.0


def price(cost: float, rule: Rule) -> float:
    """Return the price before tax.

    >>> price(142_000.005, Rule("margin", percent=1.5))
    144130.01
    """
    amount = exact(cost)
    if rule.kind == "cost_fee":
        amount += exact(rule.fee)
    elif rule.kind == "margin":
        amount += amount * exact(rule.percent) / HUNDRED
    return float(cents(amount))


def deviation(asked: float, by_rule: float) -> float:
    """Return by how many percent a price is away from that of the rule.

    A price where the rule gives none is infinitely away.
    """
    rule = exact(by_rule)
    difference = abs(exact(asked) - rule)
    if not difference:
        return 0.0
    return float(difference / abs(rule) * HUNDRED) if rule else float("inf")
