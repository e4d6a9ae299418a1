"""What is saved is data: it is read back the same, and nothing of it is run."""

import json
import pickle

import pytest

from odoo.addons.dms_base.learners import FileError, Share, Table, digest, dumps, loads

TRAINED = Share().fit(Table({"age": [1, 2]}), [0, 1])


def test_what_was_saved_predicts_the_same() -> None:
    again = loads(dumps(TRAINED), [Share])
    assert again.predict(Table({"age": [7]})) == [0.5]


def test_the_same_model_has_the_same_digest() -> None:
    again = loads(dumps(TRAINED), [Share])
    assert digest(dumps(TRAINED)) == digest(dumps(again))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json"),
        ("[]", "format"),
        ('{"format": 2}', "format"),
        ('{"format": 1, "learner": "os.system", "state": {}}', "learner"),
        ('{"format": 1, "learner": "share", "state": {}}', "state"),
        ('{"format": 1, "learner": "share", "state": {"value": NaN}}', "json"),
    ],
)
def test_damaged_files_are_refused(text: str, code: str) -> None:
    with pytest.raises(FileError) as refused:
        loads(text, [Share])
    assert refused.value.code == code


def test_a_pickle_is_no_model() -> None:
    text = pickle.dumps({"format": 1}, protocol=0).decode("latin-1")
    with pytest.raises(FileError):
        loads(text, [Share])


def test_numbers_that_are_none_are_not_saved() -> None:
    broken = Share().fit(Table({"age": [1]}), [float("nan")])
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps(broken)


def test_the_saved_form_is_readable() -> None:
    assert json.loads(dumps(TRAINED))["state"] == {"value": 0.5}
