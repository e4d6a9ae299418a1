"""Cars between stores of a group: what they cost there, and who does which step."""

from .price import Rule, deviation, price
from .rule import Terms, best
from .stage import Facts, stage, state_of
from .steps import STATES, STEPS, problem

__all__ = [
    "STATES",
    "STEPS",
    "Facts",
    "Rule",
    "Terms",
    "best",
    "deviation",
    "price",
    "problem",
    "stage",
    "state_of",
]
