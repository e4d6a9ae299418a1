"""Outlines of slots in metres on the plan, x to the right and y downwards."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from .problem import YardError

Point = tuple[float, float]
Polygon = tuple[Point, ...]

MAX_CORNERS: Final = 64
MIN_AREA: Final = 0.5  # square metres; less is a slip of the hand
DECIMALS: Final = 2


def parse_polygon(value: object) -> Polygon:
    """Read an outline and check it.

    :param value: list of [x, y] in metres; the first point may stand at the end again
    :return: its corners, to the centimetre, each once
    :raise YardError: says what is wrong with it
    """
    if not isinstance(value, list | tuple):
        raise YardError("no_points")
    corners = _without_repeats([_point(item) for item in value])
    if len(corners) < 3:
        raise YardError("too_few", count=len(corners))
    if len(corners) > MAX_CORNERS:
        raise YardError("too_many", count=len(corners), limit=MAX_CORNERS)
    if _crosses_itself(corners):
        raise YardError("crossed")
    if area(corners) < MIN_AREA:
        raise YardError("too_small", area=round(area(corners), DECIMALS))
    return tuple(corners)


def _point(item: object) -> Point:
    pair = item if isinstance(item, list | tuple) else ()
    numbers = [
        float(n)
        for n in pair
        if isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < 1e6
    ]
    if len(pair) < 2 or len(numbers) != len(pair):
        raise YardError("bad_point", point=str(item)[:40])
    return round(numbers[0], DECIMALS), round(numbers[1], DECIMALS)


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    kept = [
        p for p, before in zip(points, [None, *points], strict=False) if p != before
    ]
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def area(polygon: Sequence[Point]) -> float:
    """:return: in square metres, whichever way round it was drawn"""
    return abs(signed_area(polygon))


def signed_area(polygon: Sequence[Point]) -> float:
    """:return: positive if the corners go clockwise as the plan is seen"""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(polygon)) / 2


def edges(polygon: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    """:return: pairs of corners, the last one leads back to the first"""
    return pairwise([*polygon, polygon[0]])


def centroid(polygon: Sequence[Point]) -> Point:
    """:return: the middle of its surface"""
    # from the first corner: far from the origin, small areas would lose digits
    x0, y0 = polygon[0]
    near = [(x - x0, y - y0) for x, y in polygon]
    six = 6 * signed_area(near)
    crosses = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in edges(near)]
    x = sum((a[0] + b[0]) * cross for a, b, cross in crosses) / six
    y = sum((a[1] + b[1]) * cross for a, b, cross in crosses) / six
    return x0 + x, y0 + y


def contains(polygon: Sequence[Point], point: Point) -> bool:
    """:return: whether the point lies inside; on the edge it may be either"""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in edges(polygon):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def bounds(polygon: Sequence[Point]) -> tuple[float, float, float, float]:
    """:return: left, top, right, bottom"""
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def side(a: Point, b: Point, p: Point) -> float:
    """:return: on which side of the line from a to b p lies; 0 on it"""
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _crosses_itself(polygon: Sequence[Point]) -> bool:
    lines = list(edges(polygon))
    count = len(lines)
    return any(
        _meet(*lines[i], *lines[j])
        for i in range(count)
        for j in range(i + 2, count)
        if (i, j) != (0, count - 1)  # neighbours share a corner
    )


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two lines have a point in common, if only an end."""
    turns = side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(
        math.isclose(turn, 0, abs_tol=1e-9) and _between(*end)
        for turn, end in zip(turns, ends, strict=True)
    )


def _between(a: Point, b: Point, p: Point) -> bool:
    return min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and (
        min(a[1], b[1]) <= p[1] <= max(a[1], b[1])
    )
