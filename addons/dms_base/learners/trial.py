"""Learning from history, and judging it on what came later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from . import measures
from .measures import Measure
from .protocol import Learner, Trained
from .share import Share
from .table import Table

HELD_OUT = 0.25
TYPICAL_ROWS = 500


@dataclass(frozen=True)
class Examples:
    """What happened, ready to be learnt from.

    :param target: what came of each row
    :param moments: when each row came; the latest are held out
    :param rivals: what others predicted for the same rows, by their names
    """

    table: Table
    target: Sequence[float]
    moments: Sequence[datetime]
    rivals: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.target)

    def split(self, held_out: float = HELD_OUT) -> tuple[list[int], list[int]]:
        """:return: rows to learn from, and the later ones to be judged by"""
        order = sorted(range(len(self)), key=lambda row: (self.moments[row], row))
        cut = len(order) - round(len(order) * held_out)
        return order[:cut], order[cut:]


@dataclass(frozen=True)
class Trial:
    """What was learnt, and how good it is on rows it has not seen.

    :param measures: pairs of whose predictions they are (``version``, ``baseline``,
        or the name of a rival) and the figure
    :param calibration: see ``measures.calibration``
    :param drivers: columns with their mean weight, the strongest first
    """

    trained: Trained
    measures: list[tuple[str, Measure]]
    calibration: list[tuple[float, float, int]]
    drivers: list[tuple[str, float]]
    data_hash: str
    learnt: int
    held_out: int


def run_trial(learner: Learner, examples: Examples) -> Trial:
    """Learn from the earlier rows, judge by the later ones.

    :raise ValueError: if there is too little to learn from or to be judged by
    """
    early, late = examples.split()
    target = [examples.target[row] for row in early]
    truth = [examples.target[row] for row in late]
    if len(set(target)) < 2 or len(set(truth)) < 2:
        raise ValueError("one outcome only")
    known, held_out = examples.table.take(early), examples.table.take(late)
    trained = learner.fit(known, target)
    scores = trained.predict(held_out)
    given = {
        "version": scores,
        "baseline": Share().fit(known, target).predict(held_out),
    }
    for name, values in examples.rivals.items():
        given[name] = [values[row] for row in late]
    return Trial(
        trained=trained,
        measures=[
            (who, measure)
            for who, values in given.items()
            for measure in figures(truth, values)
        ],
        calibration=measures.calibration(truth, scores),
        drivers=drivers(trained, held_out),
        data_hash=examples.table.digest(examples.target),
        learnt=len(early),
        held_out=len(late),
    )


def figures(target: Sequence[float], scores: Sequence[float]) -> list[Measure]:
    """:return: the usual figures: of probabilities if all outcomes are 0 or 1, else of
    values"""
    if set(target) <= {0, 1}:
        chosen = {
            "auc": measures.area_under_curve,
            "lift": measures.lift_at_top,
            "brier": measures.brier_score,
        }
    else:
        chosen = {"mape": measures.mean_absolute_percentage}
    return [
        measures.resampled(code, figure, target, scores)
        for code, figure in chosen.items()
    ]


def drivers(trained: Trained, table: Table) -> list[tuple[str, float]]:
    """:return: what moves the predictions most on average, the strongest first"""
    table = table.take(range(min(len(table), TYPICAL_ROWS)))
    total: dict[str, float] = {}
    for reasons in trained.explain(table, limit=len(table.columns)):
        for reason in reasons:
            total[reason.code] = total.get(reason.code, 0) + abs(reason.weight)
    mean = {code: weight / len(table) for code, weight in total.items()}
    return sorted(mean.items(), key=lambda pair: -pair[1])
