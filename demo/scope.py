"""How much of the story to tell."""

from dataclasses import dataclass
from datetime import date, timedelta

from .stores import STORES, Store

CYCLE = 30


@dataclass(frozen=True)
class Scope:
    """``months`` of 30 days up to ``today``; ``size`` scales all numbers of cars."""

    today: date
    months: int = 18
    size: float = 1.0
    codes: tuple[str, ...] = tuple(store.code for store in STORES)
    seed: str = "xingcha"

    @property
    def start(self) -> date:
        return self.today - timedelta(days=CYCLE * self.months)

    @property
    def stores(self) -> list[Store]:
        return [store for store in STORES if store.code in self.codes]

    @property
    def model_years(self) -> range:
        """The year before the start is what used and customers' cars are of."""
        return range(model_year(self.start) - 1, model_year(self.today) + 1)

    def scaled(self, number: float) -> int:
        return round(number * self.size)


def model_year(day: date) -> int:
    """New model years come out in October."""
    return day.year + (day.month >= 10)
