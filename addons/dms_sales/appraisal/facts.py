"""The facts about a car that its price hangs on, as numbers."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from odoo.addons.dms_base.learners import Table

from .title import brands_of, read_title

COLUMNS = (
    "title",
    "new_price",
    "year",
    "mileage",
    "displacement",
    "gearbox",
    "defects",
    "city",
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
TYPICAL_MILEAGE = 1.4  # 10,000 km a year


def first_number(cell: object) -> float:
    """:return: the first number in a cell, NaN if there is none

    >>> first_number("12.58万"), first_number(8)
    (12.58, 8.0)
    """
    found = NUMBER.search(str(cell if cell is not None else ""))
    return float(found.group()) if found else math.nan


def first_numbers(cells: Sequence[object]) -> np.ndarray:
    """:return: the first number in each cell"""
    return np.array([first_number(cell) for cell in cells], dtype=float)


def defects(cells: Sequence[object]) -> np.ndarray:
    """:return: (parts with a defect, defects in all) of each row"""
    found = [[float(n) for n in NUMBER.findall(str(cell or ""))] for cell in cells]
    return np.array([(len(counts), sum(counts)) for counts in found], dtype=float)


@dataclass
class Facts:
    """What has to be known of the examples to read the facts of a car.

    :ivar now: the year in which cars are one year old that are of the year before
    :ivar new_prices: logarithms of prices new, by series and by brand; "" is any car
    """

    now: float
    brands: list[str]
    new_prices: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """:return: all fields"""
        return asdict(self)

    def titles(self, table: Table) -> list:
        """:return: the title of each row, read"""
        cells = table.column("title")
        return [read_title(str(cell or ""), self.brands) for cell in cells]

    def new_price(self, table: Table) -> np.ndarray:
        """:return: logarithm of the price new; where unknown that of similar cars"""
        prices = np.log(first_numbers(table.column("new_price")))
        for row, title in enumerate(self.titles(table)):
            if not np.isfinite(prices[row]):
                prices[row] = self._usual(title)
        return prices

    def _usual(self, title) -> float:
        for key in (title.series, title.brand):
            if key in self.new_prices:
                return self.new_prices[key]
        return self.new_prices[""]

    def numbers(self, table: Table) -> dict[str, np.ndarray]:
        """:return: age (years), mileage (10,000 km) and the other facts by name"""
        years = first_numbers(table.column("year"))
        titles = self.titles(table)
        models = np.array([title.model_year for title in titles])
        years = np.where(np.isfinite(years), years, models)
        age = np.nan_to_num(np.maximum(0.0, self.now - years), nan=5.0)
        mileage = first_numbers(table.column("mileage"))
        displacement = table.column("displacement")
        found = defects(table.column("defects"))
        return {
            "age": age,
            "mileage": np.where(np.isnan(mileage), TYPICAL_MILEAGE * age, mileage),
            "new_price": self.new_price(table),
            "parts": found[:, 0],
            "defects": found[:, 1],
            "litres": np.nan_to_num(first_numbers(displacement), nan=1.6),
            "turbo": np.array([float("T" in str(cell)) for cell in displacement]),
            "automatic": np.array(
                [float("手动" not in str(cell)) for cell in table.column("gearbox")]
            ),
            "newer_model": np.nan_to_num(models - years),
        }


def learn_facts(table: Table) -> Facts:
    """:return: what the examples say about brands and prices new"""
    brands = brands_of(str(cell or "") for cell in table.column("title"))
    facts = Facts(0.0, brands, {"": 0.0})
    years = first_numbers(table.column("year"))
    facts.now = float(np.nanmax(years, initial=2000.0)) + 1
    by_key = defaultdict(list)
    prices = first_numbers(table.column("new_price"))
    for title, price in zip(facts.titles(table), prices, strict=True):
        if price > 0:
            for key in {title.series, title.brand, ""}:
                by_key[key].append(math.log(price))
    facts.new_prices |= {key: median(values) for key, values in by_key.items()}
    return facts
