"""What is learnt is judged on what came later, beside others."""

from datetime import datetime, timedelta

import pytest

from odoo.addons.dms_base.learners import Examples, Share, Table, run_trial

START = datetime(2026, 1, 1)


def examples(target: list[float], **vals) -> Examples:
    """Return one example a day; the last ones first, to be sorted by the trial."""
    moments = [START - timedelta(days=row) for row in range(len(target))]
    table = Table({"row": list(range(len(target)))})
    return Examples(table, target, moments, **vals)


def test_the_latest_quarter_is_held_out() -> None:
    early, late = examples([0, 1] * 4).split()
    assert (early, late) == ([7, 6, 5, 4, 3, 2], [1, 0])


def test_a_trial_says_what_it_learnt_from() -> None:
    trial = run_trial(Share(), examples([0, 1] * 20))
    assert (trial.learnt, trial.held_out) == (30, 10)
    assert trial.data_hash == examples([0, 1] * 20).table.digest([0, 1] * 20)


def test_rivals_are_judged_on_the_same_rows() -> None:
    target = [0, 1] * 20
    trial = run_trial(Share(), examples(target, rivals={"odoo": target}))
    auc = {who: m for who, m in trial.measures if m.code == "auc"}
    assert auc["odoo"].value == 1
    assert auc["version"].value == auc["baseline"].value == 0.5
    assert {measure.rows for measure in auc.values()} == {10}


def test_values_are_judged_by_their_distance() -> None:
    trial = run_trial(Share(), examples([10.0, 20.0] * 10))
    assert {measure.code for _, measure in trial.measures} == {"mape"}


def test_one_outcome_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="one outcome"):
        run_trial(Share(), examples([1] * 20))
