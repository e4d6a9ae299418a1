"""What a way is likely to be where no router was asked."""

from dataclasses import dataclass
from math import ceil, isfinite

from .great_circle import great_circle_km
from .position import Position


@dataclass(frozen=True)
class Distance:
    """:param minutes: of driving, without rests"""

    km: float
    minutes: int

    @classmethod
    def of_road(cls, metres: float, seconds: float) -> "Distance":
        """Round as people read it: 100 m, and the minute that is begun."""
        return cls(round(metres / 1000, 1), ceil(round(seconds / 60, 6)))


@dataclass(frozen=True)
class Estimator:
    """Great circle times a detour factor, at one speed.

    :param detour: how much longer roads are than the great circle
    :param speed_kmh: from door to door
    """

    detour: float = 1.3
    speed_kmh: float = 60.0

    def __post_init__(self) -> None:
        if not (isfinite(self.detour) and self.detour >= 1):
            raise ValueError("no road is shorter than the great circle")
        if not (isfinite(self.speed_kmh) and self.speed_kmh > 0):
            raise ValueError("the speed is more than 0")

    def between(self, one: Position, other: Position) -> Distance:
        km = great_circle_km(one, other) * self.detour
        return Distance.of_road(km * 1000, km / self.speed_kmh * 3600)
