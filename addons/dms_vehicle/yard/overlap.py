"""Which slots lie on one another.

Outlines are cut into triangles, triangles are clipped with each other, and what is left
is added up: it works for any outline, and neighbours that share an edge share nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from .polygon import Point, Polygon, area, bounds, side, signed_area

Key = TypeVar("Key")
TOLERANCE: Final = 0.1  # square metres; lines drawn by hand never fit exactly


def overlap(a: Polygon, b: Polygon) -> float:
    """:return: the area that both cover, in square metres"""
    if _apart(bounds(a), bounds(b)):
        return 0.0
    return sum(
        _area(_clip(one, other)) for one in triangles(a) for other in triangles(b)
    )


def overlapping(polygons: Mapping[Key, Polygon]) -> list[tuple[Key, Key]]:
    """:return: the pairs that lie on one another, from left to right"""
    boxes = {key: bounds(polygon) for key, polygon in polygons.items()}
    return [
        (a, b)
        for a, b in _candidates(boxes)
        if overlap(polygons[a], polygons[b]) > TOLERANCE
    ]


def _candidates(boxes: Mapping[Key, tuple]) -> Iterator[tuple[Key, Key]]:
    """Sweep from left to right: only boxes that have begun and not ended can meet."""
    open_keys: list[Key] = []
    for key in sorted(boxes, key=lambda k: boxes[k][0]):
        left = boxes[key][0]
        open_keys = [other for other in open_keys if boxes[other][2] > left]
        for other in open_keys:
            if not _apart(boxes[other], boxes[key]):
                yield other, key
        open_keys.append(key)


def _apart(a: tuple, b: tuple) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@lru_cache(4096)
def triangles(polygon: Polygon) -> tuple[Polygon, ...]:
    """Cut a simple outline into triangles, ear by ear, all turning the same way."""
    corners = list(polygon if signed_area(polygon) > 0 else reversed(polygon))
    found = []
    while len(corners) > 3:
        place = next((i for i in range(len(corners)) if _is_ear(corners, i)), None)
        if place is None:  # all that is left lies on one line
            return tuple(found)
        found.append(_ear(corners, place))
        corners.pop(place)
    return (*found, tuple(corners))


def _ear(corners: Sequence[Point], place: int) -> Polygon:
    return corners[place - 1], corners[place], corners[(place + 1) % len(corners)]


def _is_ear(corners: Sequence[Point], place: int) -> bool:
    ear = _ear(corners, place)
    if side(*ear) < 0:
        return False
    others = (corner for corner in corners if corner not in ear)
    return not any(_within(ear, corner) for corner in others)


def _within(triangle: Polygon, point: Point) -> bool:
    a, b, c = triangle
    return side(a, b, point) > 0 and side(b, c, point) > 0 and side(c, a, point) > 0


def _clip(subject: Polygon, window: Polygon) -> list[Point]:
    """Cut off what lies outside a triangle, side by side (Sutherland and Hodgman)."""
    points = list(subject)
    for a, b in zip(window, (*window[1:], window[0]), strict=True):
        kept: list[Point] = []
        for before, point in zip([points[-1:][0], *points], points, strict=False):
            kept += _step(a, b, before, point)
        points = kept
        if not points:
            break
    return points


def _step(a: Point, b: Point, before: Point, point: Point) -> list[Point]:
    was, is_ = side(a, b, before), side(a, b, point)
    crossing = []
    if was * is_ < 0:
        share = was / (was - is_)
        crossing = [
            (
                before[0] + share * (point[0] - before[0]),
                before[1] + share * (point[1] - before[1]),
            )
        ]
    return crossing + ([point] if is_ >= 0 else [])


def _area(points: Sequence[Point]) -> float:
    return area(points) if len(points) > 2 else 0.0
