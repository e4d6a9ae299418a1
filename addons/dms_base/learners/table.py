"""Examples as columns; a cell is a number, a text, or None where nothing is known."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

Cell = float | str | None


class TableError(ValueError):
    """The columns do not make a table: they differ in length."""


class Table:
    """Named columns of the same length, in order.

    >>> table = Table.from_rows([{"age": 30, "city": "上海"}, {"age": 40}])
    >>> table.columns["city"], len(table), table.take([1]).columns
    (['上海', None], 2, {'age': [40], 'city': [None]})
    """

    def __init__(self, columns: Mapping[str, Sequence[Cell]]):
        self.columns = {name: list(cells) for name, cells in columns.items()}
        lengths = {len(cells) for cells in self.columns.values()}
        if len(lengths) > 1:
            raise TableError(f"columns of {sorted(lengths)} rows")
        self._length = lengths.pop() if lengths else 0

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Cell]]) -> "Table":
        """:return: a table of rows; a row may leave columns out"""
        rows = list(rows)
        names = dict.fromkeys(name for row in rows for name in row)
        return cls({name: [row.get(name) for row in rows] for name in names})

    def __len__(self) -> int:
        return self._length

    def column(self, name: str) -> list[Cell]:
        """:return: the cells of a column, all None if there is no such column"""
        return self.columns.get(name) or [None] * len(self)

    def take(self, indices: Sequence[int]) -> "Table":
        """:return: some of the rows, in the order of ``indices``"""
        return Table(
            {
                name: [cells[index] for index in indices]
                for name, cells in self.columns.items()
            }
        )

    def without(self, names: Iterable[str]) -> "Table":
        """:return: the table but for some columns; unknown names do no harm"""
        dropped = set(names)
        return Table({n: c for n, c in self.columns.items() if n not in dropped})

    def digest(self, target: Sequence[float] = ()) -> str:
        """:return: SHA-256 of all cells and the target, in hex"""
        content = json.dumps(
            [self.columns, list(target)], ensure_ascii=False, sort_keys=True
        )
        return hashlib.sha256(content.encode()).hexdigest()
