"""What everything that learns has in common; no Odoo here.

A learner is fitted on a table of examples and gives something trained: it predicts,
gives its reasons, and is saved as JSON. What is saved holds numbers and words, never
code, so whoever may change a file cannot run anything by it.

>>> from odoo.addons.dms_base.learners import Share, Table, dumps, loads
>>> trained = Share().fit(Table({"age": [30, 40, 50]}), [0, 1, 1])
>>> [round(score, 3) for score in trained.predict(Table({"age": [20, 60]}))]
[0.667, 0.667]
>>> loads(dumps(trained), [Share]).predict(Table({"age": [20]})) == [2 / 3]
True
"""

from .classifier import Classified, Classifier, Sum
from .columns import Column
from .files import FileError, digest, dumps, loads
from .measures import (
    Measure,
    area_under_curve,
    brier_score,
    calibration,
    coverage,
    lift_at_top,
    mean_absolute_percentage,
    rank,
    resampled,
)
from .protocol import Learner, Reason, Trained
from .share import Mean, Share
from .table import Table, TableError
from .trial import Examples, Trial, figures, run_trial

__all__ = [
    "Classified",
    "Classifier",
    "Column",
    "Examples",
    "FileError",
    "Learner",
    "Mean",
    "Measure",
    "Reason",
    "Share",
    "Sum",
    "Table",
    "TableError",
    "Trained",
    "Trial",
    "area_under_curve",
    "brier_score",
    "calibration",
    "coverage",
    "digest",
    "dumps",
    "figures",
    "lift_at_top",
    "loads",
    "mean_absolute_percentage",
    "rank",
    "resampled",
    "run_trial",
]
