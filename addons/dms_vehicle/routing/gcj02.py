"""Between WGS-84 and GCJ-02, by which maps of mainland China are shifted.

Satellites, OpenStreetMap and OSRM speak WGS-84; Amap, Tencent and what one copies from
them GCJ-02, some 300 to 700 m beside it. The shift is a sum of sines over the ellipsoid
of Krasovsky; the formula has been public since 2013 and is good to about a metre.
"""

from collections.abc import Callable
from math import cos, pi, radians, sin, sqrt

from .position import Position

SEMI_MAJOR_M = 6378245.0  # Krasovsky 1940
ECCENTRICITY_2 = 0.00669342162296594323
ORIGIN = Position(35.0, 105.0)
# Where the formula is applied: the rectangle that all its implementations share.
SOUTH, NORTH, WEST, EAST = 0.8293, 55.8271, 72.004, 137.8347
ROUNDS, PRECISION = 10, 1e-9


def in_china(position: Position) -> bool:
    """Whether the shift applies there."""
    return SOUTH <= position.latitude <= NORTH and WEST <= position.longitude <= EAST


def to_gcj02(position: Position) -> Position:
    """Return where a map of China draws a place; the same place outside China."""
    if not in_china(position):
        return position
    north, east = _shift_m(position)
    sine = sin(radians(position.latitude))
    root = sqrt(1 - ECCENTRICITY_2 * sine * sine)
    meridian = SEMI_MAJOR_M * (1 - ECCENTRICITY_2) / root**3
    parallel = SEMI_MAJOR_M / root * cos(radians(position.latitude))
    return Position(
        position.latitude + north / meridian * 180 / pi,
        position.longitude + east / parallel * 180 / pi,
    )


def to_wgs84(position: Position) -> Position:
    """Return the place that a map of China draws here.

    The shift has no closed inverse; it changes slowly, so a few rounds find the place.
    """
    if not in_china(position):
        return position
    found = position
    for _ in range(ROUNDS):
        drawn = to_gcj02(found)
        error = position.latitude - drawn.latitude, position.longitude - drawn.longitude
        found = Position(found.latitude + error[0], found.longitude + error[1])
        if max(map(abs, error)) < PRECISION:
            break
    return found


def _shift_m(position: Position) -> tuple[float, float]:
    """:return: metres to the north and to the east"""
    x = position.longitude - ORIGIN.longitude
    y = position.latitude - ORIGIN.latitude
    common = 0.1 * x * y + _waves(x, (20, 6), (20, 2))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * sqrt(abs(x)) + common
    north += _waves(y, (20, 1), (40, 1 / 3)) + _waves(y, (160, 1 / 12), (320, 1 / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * sqrt(abs(x)) + common
    east += _waves(x, (20, 1), (40, 1 / 3)) + _waves(x, (150, 1 / 12), (300, 1 / 30))
    return north, east


def _waves(value: float, *waves: tuple[float, float]) -> float:
    """:param waves: amplitude and frequency, in halves of a turn per degree"""
    return sum(a * sin(value * f * pi) for a, f in waves) * 2 / 3


Shift = Callable[[Position], Position]
# What people say their coordinates are, and how to get WGS-84 from it and back.
FROM_DATUM: dict[str, Shift] = {"wgs84": lambda place: place, "gcj02": to_wgs84}
TO_DATUM: dict[str, Shift] = {"wgs84": lambda place: place, "gcj02": to_gcj02}
