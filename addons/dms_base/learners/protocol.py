"""What a learner does, and what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, runtime_checkable

from .table import Table


@dataclass(frozen=True)
class Reason:
    """Why a prediction is what it is: one fact, and how much it moved it.

    :param code: the column it comes from; the screen has the words for it
    :param value: what the fact is in this row
    :param weight: how far it moves the prediction from the average row; above zero up.
        A classifier counts in log-odds, a regression in parts of the value
    """

    code: str
    value: float | str | None
    weight: float
    details: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """:return: the reason as JSON can hold it"""
        fact = {"code": self.code, "value": self.value, "weight": round(self.weight, 4)}
        return fact | ({"details": self.details} if self.details else {})


@runtime_checkable
class Trained(Protocol):
    """What was learnt; predicts without the examples it comes from."""

    code: ClassVar[str]

    def predict(self, table: Table) -> list[float]:
        """:return: a number per row: a probability, or a value of the target's kind"""

    def explain(self, table: Table, limit: int = 3) -> list[list[Reason]]:
        """:return: the strongest reasons of each row, the strongest first"""

    def to_json(self) -> dict[str, Any]:
        """:return: all it needs to predict, of plain numbers, texts, lists and dicts"""


class Learner(Protocol):
    """Learns from examples, always the same from the same ones."""

    code: ClassVar[str]

    def fit(self, table: Table, target: Sequence[float]) -> Trained:
        """:raise ValueError: if there is nothing to be learnt from the examples"""

    @classmethod
    def load(cls, state: dict[str, Any]) -> Trained:
        """:return: what ``Trained.to_json`` was called on"""
