"""What OSRM answers: JSON with a code, metres and seconds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from .estimate import Distance
from .position import Position

# A place that the router moved farther than this to its next street lies outside of
# its map: it would answer "Ok" with nonsense.
FAR_M = 5_000

# What the codes mean, for people; OSRM's own message says more.
MEANING = {
    "InvalidUrl": "it did not understand the address",
    "InvalidService": "it does not offer this service",
    "InvalidVersion": "it does not speak version 1",
    "InvalidOptions": "it does not know an option",
    "InvalidQuery": "it did not understand the question",
    "InvalidValue": "it does not accept a value",
    "NoSegment": "a place has no street nearby",
    "NoRoute": "there is no way between the places",
    "NoTable": "there is no way between the places",
    "TooBig": "these are too many places at a time",
    "NotImplemented": "it does not offer this",
    "DisabledDataset": "its data lack what was asked for",
}


class Unreadable(ValueError):
    """This is no answer of OSRM."""


class RouterRefused(ValueError):
    """:param code: OSRM's, such as NoRoute"""

    def __init__(self, code: str, message: str = ""):
        meaning = MEANING.get(code, "it answered with a code nobody knows")
        super().__init__(": ".join(filter(None, (code, meaning, message))))
        self.code = code


@dataclass(frozen=True)
class Table:
    """Ways from each place to each other, in the order of the request.

    :param cells: None where there is no way, or a place is off the router's map
    """

    cells: Sequence[Sequence[Distance | None]]

    def between(self, one: int, other: int) -> Distance | None:
        return self.cells[one][other]


@dataclass(frozen=True)
class Route:
    """:param line: to draw on a map"""

    distance: Distance
    legs: Sequence[Distance]
    line: Sequence[Position] = field(default_factory=tuple)


def read_table(body: bytes, size: int) -> Table:
    """:param size: how many places were asked for
    :raise RouterRefused: if the router says no
    :raise Unreadable: if this is something else
    """
    answer = _read(body)
    metres = _matrix(answer, "distances", size)
    seconds = _matrix(answer, "durations", size)
    lost = _off_the_map(answer.get("sources"), size)
    cells = [
        [
            None if lost & {row, column} else _cell(metres, seconds, row, column)
            for column in range(size)
        ]
        for row in range(size)
    ]
    return Table(cells)


def read_route(body: bytes) -> Route:
    """:raise RouterRefused: if the router says no, such as NoRoute
    :raise Unreadable: if this is something else
    """
    try:
        best = _read(body)["routes"][0]
        legs = [_distance(leg) for leg in best["legs"]]
        line = (best.get("geometry") or {}).get("coordinates", ())
        return Route(_distance(best), legs, [Position(y, x) for x, y in line])
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise Unreadable(f"no route: {error!r}") from error


def read_code(body: bytes) -> None:
    """:raise RouterRefused: unless the code is Ok
    :raise Unreadable: if there is none
    """
    _read(body)


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise Unreadable("it is not JSON") from error
    code = answer.get("code") if isinstance(answer, dict) else None
    if not isinstance(code, str):
        raise Unreadable("it has no code")
    if code != "Ok":
        raise RouterRefused(code, str(answer.get("message") or ""))
    return answer


def _matrix(answer: dict, name: str, size: int) -> list[list]:
    rows = answer.get(name)
    if not isinstance(rows, list) or [_length(row) for row in rows] != [size] * size:
        raise Unreadable(f"{name} is not {size} × {size}")
    return rows


def _length(row: object) -> int:
    return len(row) if isinstance(row, list) else -1


def _cell(metres, seconds, row: int, column: int) -> Distance | None:
    values = metres[row][column], seconds[row][column]
    return None if None in values else Distance.of_road(*map(_number, values))


def _distance(part: dict) -> Distance:
    return Distance.of_road(_number(part["distance"]), _number(part["duration"]))


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not isfinite(value) or value < 0:
        raise Unreadable(f"{value!r} is no distance")
    return float(value)


def _off_the_map(sources: object, size: int) -> set[int]:
    """:return: the numbers of places that the router moved too far"""
    if not isinstance(sources, list) or len(sources) != size:
        return set()
    return {
        number
        for number, source in enumerate(sources)
        if isinstance(source, dict) and (source.get("distance") or 0) > FAR_M
    }
