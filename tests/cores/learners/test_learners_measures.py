"""Figures agree with those of scikit-learn, and their intervals hold the truth."""

import numpy as np
import pytest
from sklearn import metrics

from odoo.addons.dms_base.learners import (
    area_under_curve,
    brier_score,
    calibration,
    coverage,
    lift_at_top,
    mean_absolute_percentage,
    resampled,
)

CHANCE = np.random.default_rng(7)
TARGET = (CHANCE.random(500) < 0.3).astype(int)
SCORES = np.round(0.4 * TARGET + CHANCE.random(500), 1)  # with ties


def test_the_area_under_the_curve_counts_ties_half() -> None:
    expected = metrics.roc_auc_score(TARGET, SCORES)
    assert area_under_curve(TARGET, SCORES) == pytest.approx(expected)


def test_one_class_alone_has_no_area() -> None:
    assert np.isnan(area_under_curve([1, 1], [0.1, 0.2]))


def test_the_brier_score_is_the_squared_error() -> None:
    expected = metrics.brier_score_loss(TARGET, SCORES / 2)
    assert brier_score(TARGET, SCORES / 2) == pytest.approx(expected)


def test_the_lift_compares_the_best_with_all() -> None:
    assert lift_at_top([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], range(10, 0, -1)) == 5


def test_percentages_are_of_the_truth() -> None:
    assert mean_absolute_percentage([10, 20], [11, 18]) == pytest.approx(0.1)


def test_an_interval_covers_what_lies_in_it() -> None:
    assert coverage([1, 2, 3, 4], [0, 2, 4, 0], [2, 2, 5, 3]) == 0.5


def test_calibration_goes_from_low_to_high_scores() -> None:
    bins = calibration([0, 1, 1, 1], [0.1, 0.2, 0.8, 0.9], bins=2)
    assert bins == [(pytest.approx(0.15), 0.5, 2), (pytest.approx(0.85), 1.0, 2)]


def test_the_interval_holds_the_figure_and_repeats() -> None:
    first = resampled("auc", area_under_curve, TARGET, SCORES)
    again = resampled("auc", area_under_curve, TARGET, SCORES)
    assert first == again
    assert first.low < first.value < first.high


def test_rows_of_one_group_are_drawn_together() -> None:
    """Ten copies of each row are no more knowledge than one."""
    alone = resampled("auc", area_under_curve, TARGET, SCORES)
    groups = np.repeat(np.arange(len(TARGET)), 10)
    copies = resampled(
        "auc", area_under_curve, TARGET.repeat(10), SCORES.repeat(10), groups
    )
    assert copies.high - copies.low == pytest.approx(alone.high - alone.low, rel=0.2)
