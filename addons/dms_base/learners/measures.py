"""How good predictions are, each figure with the interval it lies in.

Intervals are of 95 %: by resampling rows, or whole groups of rows where rows of one
group (a customer, a car, a text) resemble each other.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20260101
DRAWS = 400


@dataclass(frozen=True)
class Measure:
    """One figure on rows that were not learnt from.

    :param code: which figure, such as ``auc``
    :param rows: how many rows it is of
    """

    code: str
    value: float
    low: float
    high: float
    rows: int


Figure = Callable[[np.ndarray, np.ndarray], float]


def rank(values: np.ndarray) -> np.ndarray:
    """:return: places from 1 on; equal values share the mean of their places"""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return ((last - counts + 1 + last) / 2)[inverse]


def area_under_curve(target: Sequence[float], scores: Sequence[float]) -> float:
    """:return: how often a positive row scores above a negative one; ties count half

    >>> area_under_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.75
    """
    positive = np.asarray(target) > 0
    hits, misses = int(positive.sum()), int((~positive).sum())
    if not hits or not misses:
        return float("nan")
    places = rank(np.asarray(scores, dtype=float))[positive].sum()
    return float((places - hits * (hits + 1) / 2) / (hits * misses))


def brier_score(target: Sequence[float], scores: Sequence[float]) -> float:
    """:return: the mean squared distance of probabilities from what happened"""
    return float(np.mean((np.asarray(scores) - np.asarray(target)) ** 2))


def lift_at_top(
    target: Sequence[float], scores: Sequence[float], part: float = 0.1
) -> float:
    """:return: how many times more positive the best ``part`` is than all rows

    Of rows that score alike, each has the same chance to be among the best.

    >>> lift_at_top([1, 0, 0, 0], [0.9, 0.5, 0.4, 0.1], part=0.25)
    4.0
    """
    target, scores = np.asarray(target, dtype=float), np.asarray(scores, dtype=float)
    if not target.any():
        return float("nan")
    count = max(1, round(len(target) * part))
    least = np.sort(scores)[-count]
    better, equal = target[scores > least], target[scores == least]
    hits = better.sum() + equal.mean() * (count - len(better))
    return float(hits / count / target.mean())


def mean_absolute_percentage(target: Sequence[float], values: Sequence[float]) -> float:
    """:return: the mean distance from the truth, in parts of the truth"""
    target = np.asarray(target, dtype=float)
    return float(np.mean(np.abs(np.asarray(values) - target) / np.abs(target)))


def coverage(
    target: Sequence[float], low: Sequence[float], high: Sequence[float]
) -> float:
    """:return: the part of the truths that lie in their intervals"""
    target = np.asarray(target, dtype=float)
    inside = (np.asarray(low) <= target) & (target <= np.asarray(high))
    return float(inside.mean())


def calibration(
    target: Sequence[float], scores: Sequence[float], bins: int = 10
) -> list[tuple[float, float, int]]:
    """:return: (mean score, part that was positive, rows) of groups by score, rising"""
    order = np.argsort(np.asarray(scores, dtype=float), kind="stable")
    target, scores = np.asarray(target, dtype=float), np.asarray(scores, dtype=float)
    groups = [group for group in np.array_split(order, bins) if len(group)]
    return [
        (float(scores[group].mean()), float(target[group].mean()), len(group))
        for group in groups
    ]


def resampled(
    code: str,
    figure: Figure,
    target: Sequence[float],
    scores: Sequence[float],
    groups: Sequence[Hashable] | None = None,
) -> Measure:
    """:return: the figure with the interval it has when rows, or groups, are drawn anew

    :param figure: takes target and scores of the rows drawn
    :param scores: one number per row, or one row of numbers per row
    :param groups: of each row; None: each row stands alone
    """
    target, scores = np.asarray(target, dtype=float), np.asarray(scores, dtype=float)
    members = _members(groups, len(target))
    chance = np.random.default_rng(SEED)
    drawn = []
    for _ in range(DRAWS):
        chosen = chance.integers(0, len(members), len(members))
        rows = np.concatenate([members[index] for index in chosen])
        drawn.append(figure(target[rows], scores[rows]))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    value = figure(target, scores)
    return Measure(code, float(value), float(low), float(high), len(target))


def _members(groups: Sequence[Hashable] | None, count: int) -> list[np.ndarray]:
    if groups is None:
        return list(np.arange(count).reshape(-1, 1))
    rows: dict[Hashable, list[int]] = {}
    for index, group in enumerate(groups):
        rows.setdefault(group, []).append(index)
    return [np.asarray(indices) for indices in rows.values()]
