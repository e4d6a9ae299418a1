"""The simplest learner, which every other one has to beat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from .protocol import Reason
from .table import Table


@dataclass(frozen=True)
class Mean:
    """Predicts for every row what was the case on average."""

    value: float
    code: ClassVar[str] = "share"

    def predict(self, table: Table) -> list[float]:
        """:return: the average, for each row"""
        return [self.value] * len(table)

    def explain(self, table: Table, limit: int = 3) -> list[list[Reason]]:
        """:return: no reasons: nothing in a row matters"""
        return [[] for _ in range(len(table))]

    def to_json(self) -> dict[str, Any]:
        """:return: the average"""
        return {"value": self.value}


class Share:
    """Learns how much of the examples was the case, and nothing else."""

    code: ClassVar[str] = "share"

    def fit(self, table: Table, target: Sequence[float]) -> Mean:
        """:raise ValueError: without examples"""
        if not target:
            raise ValueError("no examples")
        return Mean(sum(target) / len(target))

    @classmethod
    def load(cls, state: dict[str, Any]) -> Mean:
        """:return: what was saved"""
        return Mean(float(state["value"]))
