"""What a store asks of its sister store for a car, to the cent."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Rule:
    """``kind`` is ``cost``, ``cost_fee`` or ``margin``."""

    kind: str = "cost"
    fee: float = 0.0
    percent: float = 0.0


def price(cost: float, rule: Rule, cent: Decimal = CENT) -> float:
    """Return the price before tax.

    >>> price(142_000.005, Rule("margin", percent=1.5))
    144130.01
    """
    exact = _exact(cost)
    if rule.kind == "cost_fee":
        exact += _exact(rule.fee)
    elif rule.kind == "margin":
        exact += exact * _exact(rule.percent) / 100
    return float(exact.quantize(cent, ROUND_HALF_UP))


def deviation(asked: float, by_rule: float) -> float:
    """Return by how many percent a price is away from that of the rule.

    A price where the rule gives none is infinitely away.
    """
    difference = abs(_exact(asked) - _exact(by_rule))
    if not difference:
        return 0.0
    return float(difference / abs(_exact(by_rule)) * 100) if by_rule else float("inf")


def _exact(number: float) -> Decimal:
    # 142000.01 as it is written, not as the nearest binary fraction
    return Decimal(repr(float(number)))
