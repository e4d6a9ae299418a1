"""How good a used car is: points of a hundred, and a grade."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Size = Literal["small", "medium", "large"]

FULL: Final = Decimal(100)
# each damage by its size; what was repaired counts as what is seen of it
POINTS: Final = {
    "small": Decimal("0.5"),
    "medium": Decimal(1),
    "large": Decimal("1.5"),
}
LEAST_TREAD: Final = Decimal("1.6")  # mm, below it a tyre must be replaced
TYRE_POINTS: Final = Decimal(1)
BATTERY_FULL: Final = 90  # percent of health that costs no points
GRADES: Final = (("1", Decimal(90)), ("2", Decimal(60)), ("3", Decimal(20)))
WORST, ACCIDENT = "4", "5"


@dataclass(frozen=True, slots=True)
class Damage:
    """One damage seen on a car.

    :ivar size: up to 100 x 100 mm, up to 200 x 300 mm, larger
    """

    size: Size


@dataclass(frozen=True, slots=True)
class Condition:
    """:ivar points: 0 to 100
    :ivar grade: "1" the best to "4", "5" after an accident
    """

    points: Decimal
    grade: str


def condition(
    damages: Iterable[Damage],
    treads: Iterable[Decimal] = (),
    battery_percent: Decimal | None = None,
    had_accident: bool = False,
) -> Condition:
    """:param treads: depth of each tyre's tread in mm; those not measured left out
    :param battery_percent: health of the drive battery, None without one

    Grades and the points of damages and tyres as in GB/T 30323-2013; the battery, of
    which that standard knows nothing, costs a point per percent below 90.

    >>> condition([Damage("large"), Damage("small")])
    Condition(points=Decimal('98.0'), grade='1')
    """
    lost = sum((POINTS[one.size] for one in damages), Decimal(0))
    lost += TYRE_POINTS * sum(tread < LEAST_TREAD for tread in treads)
    if battery_percent is not None:
        lost += max(Decimal(0), BATTERY_FULL - battery_percent)
    points = max(Decimal(0), FULL - lost)
    return Condition(points, ACCIDENT if had_accident else _grade(points))


def _grade(points: Decimal) -> str:
    return next((grade for grade, least in GRADES if points >= least), WORST)
