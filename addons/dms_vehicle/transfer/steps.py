"""Which side of a transfer takes which step, and when."""

from collections.abc import Collection
from typing import NamedTuple

STATES = [
    ("draft", "Draft"),
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("ordered", "Ordered"),
    ("shipped", "Shipped"),
    ("received", "Received"),
    ("invoiced", "Invoiced"),
    ("settled", "Settled"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
ASKING, GIVING = "asking", "giving"
BOTH = (ASKING, GIVING)
MOVED = ("shipped", "received", "invoiced")


class Step(NamedTuple):
    sides: tuple[str, ...]
    states: tuple[str, ...]


STEPS = {
    "request": Step((ASKING,), ("draft",)),
    "withdraw": Step((ASKING,), ("draft", "requested")),
    "approve": Step((GIVING,), ("requested",)),
    "refuse": Step((GIVING,), ("requested",)),
    "order": Step((GIVING,), ("approved",)),
    "cancel": Step(BOTH, ("approved", "ordered")),
    # some cars of a request may go before others
    "ship": Step((GIVING,), ("ordered",)),
    "receive": Step((ASKING,), ("ordered", "shipped")),
    "invoice": Step((GIVING,), ("ordered", "shipped", "received")),
    "bill": Step((ASKING,), ("ordered", "shipped", "received")),
    "pay": Step((ASKING,), ("invoiced",)),
    "collect": Step((GIVING,), ("invoiced",)),
    # what has moved goes back only if both stores agree
    "undo": Step(BOTH, MOVED),
}


def problem(step: str, state: str, sides: Collection[str]) -> str:
    """Return why a step is not possible: ``"side"``, ``"state"`` or nothing.

    >>> problem("approve", "requested", ["asking"])
    'side'
    """
    rule = STEPS[step]
    if not set(rule.sides) & set(sides):
        return "side"
    return "" if state in rule.states else "state"
