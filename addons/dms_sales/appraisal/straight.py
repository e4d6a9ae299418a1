"""A sum: so much for each year, each kilometre, each brand, each series."""

from dataclasses import dataclass

import numpy as np

from odoo.addons.dms_base.learners import Table

NUMBERS = (
    "age",
    "mileage",
    "new_price",
    "parts",
    "defects",
    "litres",
    "turbo",
    "automatic",
    "newer_model",
)
FALLING = ("age", "mileage")
STRENGTH = 1.5
NUMBER_WEIGHT = 3.0  # numbers are trusted more than names, which are many


@dataclass
class Straight:
    """Weights of numbers (and the square roots of those that fall) and of names."""

    weights: dict[str, float]
    centre: dict[str, float]
    words: dict[str, float]
    start: float

    @property
    def names(self) -> list[str]:
        """What the columns of ``parts`` are of."""
        return [*NUMBERS, "kind"]

    def parts(self, numbers: dict, titles: list, table: Table) -> np.ndarray:
        """:return: how far each fact moves the logarithm of the worth, per row"""
        columns = [self._number(name, numbers) for name in NUMBERS]
        words = [
            sum(self.words.get(word, 0.0) for word in said)
            for said in words_of(titles, table)
        ]
        return np.column_stack([*columns, np.array(words)])

    def _number(self, name: str, numbers: dict) -> np.ndarray:
        total = np.zeros(len(numbers[name]))
        for term, values in terms(name, numbers).items():
            total += self.weights[term] * (values - self.centre[term])
        return total

    def kind(self, parts: np.ndarray) -> np.ndarray:
        """:return: what the names say, out of ``parts``"""
        return parts[:, -1]


def terms(name: str, numbers: dict) -> dict[str, np.ndarray]:
    """:return: how a number enters: also by its root where prices fall fast"""
    values = numbers[name]
    if name in FALLING:
        return {name: values, f"root {name}": np.sqrt(np.maximum(values, 0.0))}
    if name == "new_price":
        return {name: values, "square": values**2}
    return {name: values}


def words_of(titles: list, table: Table) -> list[tuple[str, str, str]]:
    """:return: brand, series and city of each row, as names that do not meet"""
    return [
        (f"b {title.brand}", f"s {title.series}", f"c {city}")
        for title, city in zip(titles, table.column("city"), strict=True)
    ]


def fit_straight(numbers: dict, titles: list, table: Table, worth: np.ndarray):
    """Fit by least squares, weights kept small, no price rising with age or mileage.

    A term of age or mileage that would raise the price is left out, and all is fitted
    anew.
    """
    columns = {
        term: values
        for name in NUMBERS
        for term, values in terms(name, numbers).items()
    }
    said = words_of(titles, table)
    words = sorted({word for row in said for word in row})
    while True:
        weights, centre, worths, start = _solve(columns, words, said, worth)
        rising = [
            term for term in weights if term.endswith(FALLING) and weights[term] > 0
        ]
        if not rising:
            break
        columns.pop(max(rising, key=weights.get))
    every = [term for name in NUMBERS for term in terms(name, numbers)]
    return Straight(
        {term: weights.get(term, 0.0) for term in every},
        {term: centre.get(term, 0.0) for term in every},
        worths,
        start,
    )


def _solve(columns, words, said, worth):
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import Ridge

    values = np.column_stack(list(columns.values()))
    centre, spread = values.mean(axis=0), values.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0) / NUMBER_WEIGHT
    place = {word: at for at, word in enumerate(words)}
    rows = np.repeat(np.arange(len(said)), 3)
    at = np.array([place[word] for row in said for word in row])
    named = csr_matrix((np.ones(len(at)), (rows, at)), (len(said), len(words)))
    inputs = hstack([csr_matrix((values - centre) / spread), named]).tocsr()
    model = Ridge(STRENGTH, solver="sparse_cg", tol=1e-8).fit(inputs, worth)
    slopes = model.coef_[: len(columns)] / spread
    return (
        dict(zip(columns, slopes.tolist(), strict=True)),
        dict(zip(columns, centre.tolist(), strict=True)),
        dict(zip(words, model.coef_[len(columns) :].tolist(), strict=True)),
        float(model.intercept_),
    )
