"""Rows and columns of equal slots, named like A-01."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .code import parse_code
from .polygon import parse_polygon
from .problem import YardError
from .shape import MAX_SLOTS, Shape

LIMITS: Final = {
    "rows": (1, 200),
    "columns": (1, 200),
    "first": (0, 9999),
    "width": (0.5, 1000),
    "height": (0.5, 1000),
    "gap_x": (0, 1000),
    "gap_y": (0, 1000),
    "x": (-100_000, 100_000),
    "y": (-100_000, 100_000),
    "angle": (-360, 360),
}
WHOLE: Final = ("rows", "columns", "first")


@dataclass(frozen=True)
class Grid:
    """How a grid looks: metres, and degrees clockwise around its first corner."""

    rows: int = 1
    columns: int = 10
    width: float = 2.5
    height: float = 5.3
    gap_x: float = 0
    gap_y: float = 6
    x: float = 0
    y: float = 0
    angle: float = 0
    prefix: str = ""
    row_letter: str = "A"
    first: int = 1
    kind: str = "yard"


def parse_grid(values: Mapping[str, object]) -> Grid:
    """:raise YardError: names the value that is not possible"""
    known = {name: values[name] for name in Grid.__annotations__ if name in values}
    numbers = {name: _number(name, known[name]) for name in known.keys() & LIMITS}
    grid = Grid(**(known | numbers))
    if grid.rows * grid.columns > MAX_SLOTS:
        raise YardError("too_many_slots", limit=MAX_SLOTS)
    return grid


def _number(name: str, value: object) -> float:
    low, high = LIMITS[name]
    good = isinstance(value, int | float) and low <= value <= high
    if not good or (name in WHOLE and int(value) != value):
        raise YardError("bad_grid", field=name, low=low, high=high)
    return int(value) if name in WHOLE else value


def slots_of(grid: Grid) -> list[Shape]:
    """:return: the slots, row by row"""
    digits = max(2, len(str(grid.first + grid.columns - 1)))
    return [
        Shape(
            code=parse_code(_name(grid, row, column, digits)),
            kind=grid.kind,
            polygon=parse_polygon(_corners(grid, row, column)),
        )
        for row in range(grid.rows)
        for column in range(grid.columns)
    ]


def _name(grid: Grid, row: int, column: int, digits: int) -> str:
    letters = letters_after(grid.row_letter, row)
    return f"{grid.prefix}{letters}-{grid.first + column:0{digits}d}"


def letters_after(letters: str, steps: int) -> str:
    """:return: the name of a row that comes ``steps`` after: Y, Z, AA, AB"""
    number = 0
    for letter in (letters or "A").strip().upper():
        if not "A" <= letter <= "Z":
            raise YardError("bad_grid", field="row_letter", low="A", high="ZZ")
        number = number * 26 + ord(letter) - 64
    number += steps
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _corners(grid: Grid, row: int, column: int) -> list[tuple[float, float]]:
    left = column * (grid.width + grid.gap_x)
    top = row * (grid.height + grid.gap_y)
    right, bottom = left + grid.width, top + grid.height
    turn = math.radians(grid.angle)
    return [
        (
            grid.x + x * math.cos(turn) - y * math.sin(turn),
            grid.y + x * math.sin(turn) + y * math.cos(turn),
        )
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    ]
