"""A place on earth, and what is wrong with one that somebody typed."""

from typing import NamedTuple

# Latitudes and longitudes of China, with its islands in the south.
CHINA = ((3.0, 54.0), (73.0, 136.0))


class Position(NamedTuple):
    """Degrees in WGS-84, north and east are positive."""

    latitude: float
    longitude: float

    @property
    def is_set(self) -> bool:
        """0, 0 lies in the Gulf of Guinea: nobody entered anything."""
        return bool(self.latitude or self.longitude)

    @property
    def is_on_earth(self) -> bool:
        return abs(self.latitude) <= 90 and abs(self.longitude) <= 180

    @property
    def swapped(self) -> "Position":
        return Position(self.longitude, self.latitude)

    @property
    def is_near_china(self) -> bool:
        (south, north), (west, east) = CHINA
        return south <= self.latitude <= north and west <= self.longitude <= east


class PositionProblem(ValueError):
    """:param code: "unset", "swapped", "incomplete" or "range" """

    def __init__(self, code: str, position: Position):
        super().__init__(f"{code}: {position.latitude}, {position.longitude}")
        self.code = code
        self.position = position


def check_position(position: Position, in_china: bool = False) -> Position:
    """Find what people get wrong when they type coordinates.

    :param in_china: whether the place is known to lie in China
    :return: the position
    :raise PositionProblem: with the first thing that is wrong
    """
    if not position.is_set:
        raise PositionProblem("unset", position)
    if in_china and not position.is_near_china and position.swapped.is_near_china:
        raise PositionProblem("swapped", position)
    if in_china and not (position.latitude and position.longitude):
        raise PositionProblem("incomplete", position)
    if not position.is_on_earth:
        raise PositionProblem("range", position)
    return position
