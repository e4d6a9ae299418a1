"""From cells to numbers: what kind a column is, and how it enters a model.

A column is a *number*, a *choice*, a *period* or nothing. A period is a number that
stays the same over many rows that follow each other, such as an interest rate: it tells
when a row came, not who it is about. Names that nearly every row has only once are
nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from .table import Cell, Table

MISSING = {"", "na", "n/a", "nan", "null", "none"}
MIN_ROWS_FOR_PERIOD = 1000
RARE = 10
CUTS = 10


def number(cell: Cell) -> float:
    """:return: the number in a cell, NaN if it holds none"""
    try:
        return float(str(cell).replace(",", ""))
    except ValueError:
        return float("nan")


def numbers(cells: Sequence[Cell]) -> np.ndarray:
    """:return: the number in each cell; what is infinite is no number"""
    found = np.array([number(cell) for cell in cells], dtype=float)
    return np.where(np.isfinite(found), found, np.nan)


def text(cell: Cell) -> str:
    """:return: what a cell says, empty if it says nothing"""
    said = "" if cell is None else str(cell).strip()
    return "" if said.lower() in MISSING else said


@dataclass
class Column:
    """How one column enters, as learnt from the examples."""

    name: str
    kind: str
    mean: float = 0.0
    spread: float = 1.0
    cuts: list[float] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """:return: all fields"""
        return asdict(self)

    def standard(self, cells: Sequence[Cell]) -> np.ndarray:
        """:return: (value - mean) / spread, 0 where unknown"""
        return np.nan_to_num((numbers(cells) - self.mean) / self.spread)

    def straight(self, cells: Sequence[Cell]) -> list[np.ndarray]:
        """:return: columns for a linear model"""
        if self.kind == "choice":
            return self._levels(cells)
        values = numbers(cells)
        steps = [(values > cut).astype(float) for cut in self.cuts]
        missing = np.isnan(values).astype(float)
        return [self.standard(cells).clip(-3, 3), *steps, missing]

    def branching(self, cells: Sequence[Cell]) -> list[np.ndarray]:
        """:return: columns for trees, which divide numbers themselves"""
        return self._levels(cells) if self.kind == "choice" else [numbers(cells)]

    def _levels(self, cells: Sequence[Cell]) -> list[np.ndarray]:
        said = np.array([text(cell) for cell in cells], dtype=object)
        return [(said == level).astype(float) for level in self.levels]


def learn_columns(table: Table) -> list[Column]:
    """:return: the columns that can tell anything, in the order of the table"""
    found = [_learn(name, cells) for name, cells in table.columns.items()]
    return [column for column in found if column]


def _learn(name: str, cells: Sequence[Cell]) -> Column | None:
    said = [text(cell) for cell in cells]
    known = [cell for cell in said if cell]
    values = numbers(said)
    share = np.isfinite(values).sum() / max(1, len(known))
    if share > 0.95 and len(set(known)) > 2:
        return _learn_number(name, values)
    return _learn_choice(name, said)


def _learn_number(name: str, values: np.ndarray) -> Column | None:
    known = values[np.isfinite(values)]
    whole = np.all(known == np.round(known))
    if whole and len(known) >= 100 and len(np.unique(known)) == len(known):
        return None  # a running number
    cuts = np.unique(np.quantile(known, np.linspace(0, 1, CUTS + 1)[1:-1]))
    kind = "period" if _is_period(values) else "number"
    spread = float(known.std()) or 1.0
    return Column(name, kind, float(known.mean()), spread, cuts.tolist())


def _is_period(values: np.ndarray) -> bool:
    """Whether values follow each other more evenly than chance would have it."""
    if len(values) < MIN_ROWS_FOR_PERIOD:
        return False
    _, counts = np.unique(values, return_counts=True)
    by_chance = 1 - ((counts / len(values)) ** 2).sum()
    changes = (values[1:] != values[:-1]).mean()
    return len(counts) > 2 and changes < 0.25 * by_chance


def _learn_choice(name: str, said: list[str]) -> Column | None:
    counts = Counter(said)
    least = min(RARE, max(2, len(said) // 50))
    levels = sorted(level for level, count in counts.items() if count >= least)
    return Column(name, "choice", levels=levels) if len(levels) > 1 else None
