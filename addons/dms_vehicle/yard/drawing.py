"""Slots from what others have drawn: GeoJSON, or lines of text.

A line is ``code;kind;x y,x y,x y``. What cannot be used comes back with its reason.
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from .code import parse_code, parse_kind
from .polygon import parse_polygon
from .problem import YardError
from .shape import MAX_SLOTS, Shape

METRES_PER_DEGREE: Final = 6_371_008.8 * math.pi / 180
Origin = tuple[float, float]


@dataclass(frozen=True)
class Refused:
    """:ivar row: feature or line, counted from 1
    :ivar code: what it is called there, as far as one can tell
    """

    row: int
    code: str
    error: YardError


@dataclass
class Drawing:
    shapes: list[Shape] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_drawing(text: str, origin: Origin | None = None) -> Drawing:
    """Read slots; good ones go in, the others are refused one by one.

    :param text: a GeoJSON FeatureCollection, or lines of ``code;kind;x y,x y,…``
    :param origin: latitude and longitude of the upper left corner of the plan, if
        the coordinates are degrees instead of metres
    :raise YardError: if nothing of it can be read
    """
    text = (text or "").lstrip("\ufeff").strip()
    rows = _features(text) if text.startswith(("{", "[")) else _lines(text)
    drawing, seen = Drawing(), set()
    for row, code, parts in rows:
        try:
            shape = _shape(*parts(), origin)
            if shape.code in seen:
                raise YardError("twice", value=shape.code)
        except YardError as error:
            drawing.refused.append(Refused(row, code, error))
            continue
        seen.add(shape.code)
        drawing.shapes.append(shape)
    if len(drawing.shapes) > MAX_SLOTS:
        raise YardError("too_many_slots", limit=MAX_SLOTS)
    return drawing


def _shape(code: object, kind: object, points: object, origin: Origin | None) -> Shape:
    if origin:
        points = _metres(points, origin)
    return Shape(parse_code(code), parse_kind(kind), parse_polygon(points))


def _metres(points: object, origin: Origin) -> list[tuple[float, float]]:
    """Degrees to metres from the corner; a yard is too small for the earth's bend."""
    latitude, longitude = origin
    shrink = math.cos(math.radians(latitude))
    try:
        return [
            (
                (x - longitude) * METRES_PER_DEGREE * shrink,
                (latitude - y) * METRES_PER_DEGREE,
            )
            for x, y, *_height in points
        ]
    except (TypeError, ValueError) as error:
        raise YardError("no_points") from error


# GeoJSON


def _features(text: str) -> Iterator[tuple]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = getattr(error, "lineno", 1)
        raise YardError("bad_json", line=place) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise YardError("no_features")
    for row, feature in enumerate(features, start=1):
        yield row, _feature_name(feature), lambda f=feature: _feature_parts(f)


def _feature_name(feature: object) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    found = properties.get("code", properties.get("name"))
    return "" if found is None else str(found)[:40]


def _feature_parts(feature: object) -> tuple[object, object, object]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    shape = geometry.get("type") if isinstance(geometry, dict) else None
    rings = geometry.get("coordinates") if shape == "Polygon" else None
    # one outline; a slot with a hole would be a strange place for a car
    if not isinstance(rings, list) or len(rings) != 1:
        raise YardError("bad_shape", value=str(shape or "")[:40])
    kind = (feature.get("properties") or {}).get("kind")
    return _feature_name(feature), kind, rings[0]


# Lines


def _lines(text: str) -> Iterable[tuple]:
    for row, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield row, line.split(";")[0].strip()[:40], lambda t=line: _line_parts(t)


def _line_parts(line: str) -> tuple[object, object, object]:
    cells = line.split(";")
    if len(cells) != 3:
        raise YardError("bad_line")
    try:
        points = [[float(n) for n in pair.split()] for pair in cells[2].split(",")]
    except ValueError as error:
        raise YardError("bad_line") from error
    return cells[0], cells[1], points
