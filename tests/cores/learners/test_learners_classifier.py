"""A classifier of any columns: it ranks, its probabilities come true, it says why."""

import numpy as np
import pytest

from odoo.addons.dms_base.learners import (
    Classifier,
    Table,
    area_under_curve,
    calibration,
    dumps,
    loads,
)


def leads(count: int, seed: int) -> tuple[Table, list[float]]:
    """Return leads that buy the more the longer they look, and if they phoned."""
    chance = np.random.default_rng(seed)
    minutes, phone = chance.exponential(10, count), chance.random(count) < 0.3
    odds = -2 + 0.12 * minutes + 1.5 * phone
    bought = (chance.random(count) < 1 / (1 + np.exp(-odds))).astype(float)
    known = chance.random(count) > 0.1
    columns = {
        "id": list(range(count)),
        "minutes": [
            f"{m:.1f}" if k else "" for m, k in zip(minutes, known, strict=True)
        ],
        "way": ["电话" if p else "网络" for p in phone],
        "noise": chance.integers(0, 9, count).tolist(),
    }
    return Table(columns), bought.tolist()


TABLE, TARGET = leads(1500, 1)
TRAINED = Classifier().fit(TABLE, TARGET)
LATER, TRUTH = leads(1500, 2)


def test_it_ranks_rows_it_has_not_seen() -> None:
    assert area_under_curve(TRUTH, TRAINED.predict(LATER)) > 0.74


def test_what_it_says_comes_true_as_often_as_it_says() -> None:
    for predicted, happened, _rows in calibration(TRUTH, TRAINED.predict(LATER), 5):
        assert predicted == pytest.approx(happened, abs=0.09)


def test_reasons_add_up_to_the_score() -> None:
    parts, _names = TRAINED.parts(LATER)
    odds = parts.sum(axis=1) + TRAINED.start
    expected = 1 / (1 + np.exp(-odds))
    assert TRAINED.predict(LATER) == pytest.approx(expected.tolist())


def test_the_strongest_reason_is_the_strongest_fact() -> None:
    table = Table({"minutes": ["60"], "way": ["网络"], "noise": [3]})
    ((reason, *_others),) = TRAINED.explain(table)
    assert (reason.code, reason.value) == ("minutes", "60")
    assert reason.weight > 0


def test_running_numbers_are_no_reason() -> None:
    assert "id" not in {column.name for column in TRAINED.columns}


def test_the_same_examples_give_the_same_model() -> None:
    assert dumps(Classifier().fit(TABLE, TARGET)) == dumps(TRAINED)


def test_what_was_saved_scores_the_same() -> None:
    again = loads(dumps(TRAINED), [Classifier])
    assert again.predict(LATER) == TRAINED.predict(LATER)


def test_shuffled_labels_teach_nothing() -> None:
    shuffled = np.random.default_rng(3).permutation(TARGET).tolist()
    trained = Classifier().fit(TABLE, shuffled)
    assert area_under_curve(TRUTH, trained.predict(LATER)) == pytest.approx(
        0.5, abs=0.08
    )


def test_missing_columns_and_unknown_choices_are_scored() -> None:
    (score,) = TRAINED.predict(Table({"way": ["信"]}))
    assert 0 < score < 1


def test_periods_are_seen_by_their_order() -> None:
    """A rate that stays the same for weeks is of the time, not of the lead."""
    rates = np.repeat(np.round(np.random.default_rng(4).random(15), 3), 100)
    trained = Classifier().fit(Table(TABLE.columns | {"rate": rates.tolist()}), TARGET)
    kinds = {column.name: column.kind for column in trained.columns}
    assert kinds["rate"] == "period"
    assert kinds["minutes"] == "number"
    assert loads(dumps(trained), [Classifier]).predict(LATER) == trained.predict(LATER)


def test_one_outcome_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="one outcome"):
        Classifier().fit(TABLE, [1.0] * len(TABLE))
