"""A probability with its reasons, from columns of any kind.

Members look at the same rows in different ways: one adds up (logistic regression), one
asks questions in turn (trees of LightGBM). Their log-odds are added with weights found
on rows that they have not seen (Platt 1999), so that of rows with a score of 30 % about
30 % come true. Where columns tell the period a row came in, trees have no say: they
cannot judge a period they have not seen. There a second sum sees only what the periods
have in common, their first principal component.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from .columns import Column, learn_columns
from .protocol import Reason
from .table import Table

SEED = 20260101
FOLDS = 5
THREADS = 2
TREES = {
    "objective": "binary",
    "num_leaves": 15,
    "min_data_in_leaf": 30,
    "learning_rate": 0.04,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.6,
    "lambda_l2": 5.0,
    "num_threads": THREADS,
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
ROUNDS = 250


def probability(log_odds: np.ndarray) -> np.ndarray:
    """:return: 1 / (1 + e^-x), for any x"""
    return 0.5 * (1 + np.tanh(np.asarray(log_odds) / 2))


@dataclass
class Sum:
    """Adds up what each column says."""

    columns: list[Column]
    weights: list[float]
    centre: list[float]
    start: float
    factor: list[float]

    def inputs(self, table: Table) -> tuple[np.ndarray, list[str]]:
        """:return: one row of numbers per row, and the column each comes from"""
        found, names = [], []
        for column in self.columns:
            if column.kind == "period":
                continue
            for values in column.straight(table.column(column.name)):
                found.append(values)
                names.append(column.name)
        for values, name in self._periods(table):
            found.append(values)
            names.append(name)
        return np.column_stack(found or [np.zeros(len(table))]), names or [""]

    def _periods(self, table: Table) -> list[tuple[np.ndarray, str]]:
        periods = [column for column in self.columns if column.kind == "period"]
        values = [column.standard(table.column(column.name)) for column in periods]
        if periods and self.factor:
            return [(np.column_stack(values) @ self.factor, periods[0].name)]
        return [(v, c.name) for v, c in zip(values, periods, strict=True)]

    def parts(self, table: Table) -> tuple[np.ndarray, list[str]]:
        """:return: how far each input moves a row from the average one"""
        inputs, names = self.inputs(table)
        return (inputs - self.centre) * self.weights, names

    def to_json(self) -> dict[str, Any]:
        """:return: weights and what they are of"""
        return {
            "weights": self.weights,
            "centre": self.centre,
            "start": self.start,
            "factor": self.factor,
        }


@dataclass
class Trees:
    """Asks one question after the other; the text is LightGBM's own."""

    columns: list[Column]
    model: str
    centre: float

    def __post_init__(self):
        import lightgbm

        self._trees = lightgbm.Booster(model_str=self.model)

    def parts(self, table: Table) -> tuple[np.ndarray, list[str]]:
        """:return: how far each input moves a row from the average one"""
        inputs, names = branching_inputs(self.columns, table)
        parts = self._trees.predict(inputs, pred_contrib=True, num_threads=THREADS)
        return parts[:, :-1], names

    def to_json(self) -> dict[str, Any]:
        """:return: the text of the trees"""
        return {"model": self.model, "centre": self.centre}


def branching_inputs(
    columns: Sequence[Column], table: Table
) -> tuple[np.ndarray, list[str]]:
    """:return: numbers for trees, and the column each comes from"""
    found, names = [], []
    for column in columns:
        if column.kind != "period":
            for values in column.branching(table.column(column.name)):
                found.append(values)
                names.append(column.name)
    return np.column_stack(found), names


@dataclass
class Classified:
    """What was learnt about a yes or no."""

    columns: list[Column]
    members: list[Sum | Trees]
    weights: list[float]
    start: float
    code: ClassVar[str] = "classifier"

    def parts(self, table: Table) -> tuple[np.ndarray, list[str]]:
        """:return: log-odds each column adds to the start, per row; its names"""
        names = [column.name for column in self.columns]
        total = np.zeros((len(table), len(names)))
        for member, weight in zip(self.members, self.weights, strict=True):
            if weight and len(table):
                parts, sources = member.parts(table)
                for position, source in enumerate(sources):
                    if source in names:
                        total[:, names.index(source)] += weight * parts[:, position]
        return total, names

    def predict(self, table: Table) -> list[float]:
        """:return: the probability of each row"""
        parts, _names = self.parts(table)
        return probability(parts.sum(axis=1) + self.start).tolist()

    def explain(self, table: Table, limit: int = 3) -> list[list[Reason]]:
        """:return: the columns that move each row most, in log-odds"""
        parts, names = self.parts(table)
        order = np.argsort(-np.abs(parts), axis=1, kind="stable")[:, :limit]
        cells = [table.column(name) for name in names]
        return [
            [
                Reason(names[at], cells[at][row], float(parts[row, at]))
                for at in order[row]
                if abs(parts[row, at]) > 0.005
            ]
            for row in range(len(table))
        ]

    def to_json(self) -> dict[str, Any]:
        """:return: columns, members, and their weights"""
        return {
            "columns": [column.to_json() for column in self.columns],
            "members": [
                {"kind": type(member).__name__, **member.to_json()}
                for member in self.members
            ],
            "weights": self.weights,
            "start": self.start,
        }


class Classifier:
    """Learns the probability of a yes."""

    code: ClassVar[str] = "classifier"

    def fit(self, table: Table, target: Sequence[float]) -> Classified:
        """:raise ValueError: if all outcomes are alike, or no column tells anything"""
        outcome = np.asarray(target, dtype=float)
        if len(set(target)) < 2:
            raise ValueError("one outcome only")
        columns = learn_columns(table)
        if not columns:
            raise ValueError("no column tells anything")
        unseen = self._unseen(columns, table, outcome)
        # which member judges a coming period best, no period that was shows
        alike = any(column.kind == "period" for column in columns)
        weights, start = (
            weigh_alike(unseen, outcome) if alike else weigh(unseen, outcome)
        )
        members = [member for member, _odds in self._members(columns, table, outcome)]
        return Classified(columns, members, weights, start)

    def _unseen(self, columns, table, outcome):
        """:return: the log-odds of each member for rows it was not fitted on"""
        chance = np.random.default_rng(SEED)
        fold = chance.permutation(np.arange(len(outcome)) % FOLDS)
        odds = None
        for number in range(FOLDS):
            known, other = (
                np.flatnonzero(fold != number),
                np.flatnonzero(fold == number),
            )
            parts = table.take(known), table.take(other)
            found = self._members(columns, parts[0], outcome[known], parts[1])
            odds = np.zeros((len(outcome), len(found))) if odds is None else odds
            odds[other] = np.column_stack([values for _member, values in found])
        return odds

    def _members(self, columns, table, outcome, other=None):
        """:return: pairs of a fitted member and its log-odds for other rows"""
        members = [fit_sum(columns, table, outcome)]
        if any(column.kind == "period" for column in columns):
            members.append(fit_sum(columns, table, outcome, common=True))
        else:
            members.append(fit_trees(columns, table, outcome))
        if other is None:
            return [(member, None) for member in members]
        return [(m, m.parts(other)[0].sum(axis=1)) for m in members]

    @classmethod
    def load(cls, state: dict[str, Any]) -> Classified:
        """:return: what was saved"""
        kinds = {"Sum": Sum, "Trees": Trees}
        columns = [Column(**column) for column in state["columns"]]
        members = []
        for saved in state["members"]:
            values = {name: value for name, value in saved.items() if name != "kind"}
            members.append(kinds[saved["kind"]](columns, **values))
        return Classified(columns, members, state["weights"], state["start"])


def fit_sum(columns, table, outcome, common=False) -> Sum:
    """:param common: see only what the periods have in common"""
    from sklearn.linear_model import LogisticRegression

    blank = Sum(columns, [], [], 0.0, common_factor(columns, table) if common else [])
    inputs, _names = blank.inputs(table)
    model = LogisticRegression(C=0.05, max_iter=500).fit(inputs, outcome)
    weights, centre = model.coef_[0], inputs.mean(axis=0)
    start = float(model.intercept_[0] + centre @ weights)
    return Sum(columns, weights.tolist(), centre.tolist(), start, blank.factor)


def common_factor(columns, table) -> list[float]:
    """:return: the weights of the first principal component of the periods"""
    periods = [column for column in columns if column.kind == "period"]
    values = [column.standard(table.column(column.name)) for column in periods]
    _u, strength, directions = np.linalg.svd(
        np.column_stack(values), full_matrices=False
    )
    return (directions[0] * np.sqrt(len(table)) / (strength[0] or 1.0)).tolist()


def fit_trees(columns, table, outcome) -> Trees:
    """:return: trees that LightGBM grew, each correcting those before"""
    import lightgbm

    inputs, _names = branching_inputs(columns, table)
    data = lightgbm.Dataset(inputs, outcome)
    settings = TREES | {"min_data_in_leaf": min(30, max(2, len(outcome) // 20))}
    trees = lightgbm.train(settings, data, ROUNDS)
    return Trees(columns, trees.model_to_string(), 0.0)


def weigh_alike(odds: np.ndarray, outcome: np.ndarray) -> tuple[list[float], float]:
    """:return: the same weight for all members, and the start"""
    (weight,), start = weigh(odds.mean(axis=1, keepdims=True), outcome)
    return [weight / odds.shape[1]] * odds.shape[1], start


def weigh(odds: np.ndarray, outcome: np.ndarray) -> tuple[list[float], float]:
    """Find the weights by which the members' log-odds become one probability.

    A member that would count against what it says is left out.

    :return: one weight per member, and the start
    """
    from sklearn.linear_model import LogisticRegression

    used = np.arange(odds.shape[1])
    while len(used):
        model = LogisticRegression(C=1e4).fit(odds[:, used], outcome)
        if (model.coef_[0] >= 0).all():
            weights = np.zeros(odds.shape[1])
            weights[used] = model.coef_[0]
            return weights.tolist(), float(model.intercept_[0])
        used = np.delete(used, model.coef_[0].argmin())
    mean = outcome.mean()
    return [0.0] * odds.shape[1], float(np.log(mean / (1 - mean)))
