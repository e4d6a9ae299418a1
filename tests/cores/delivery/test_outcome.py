"""What an answer, or none, means for a message."""

import pytest

from odoo.addons.dms_base.delivery import (
    AddressRefused,
    Answer,
    NoAnswer,
    NotSent,
    Outcome,
    Verdict,
)
from odoo.addons.dms_base.delivery.outcome import of_answer, of_error


def outcome(status: int) -> Outcome:
    return of_answer(Answer(status, {}, b""), now=0).outcome


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_success_is_delivered(status):
    assert outcome(status) is Outcome.DELIVERED


@pytest.mark.parametrize("status", [408, 425, 429, 503])
def test_not_now_is_tried_again(status):
    assert outcome(status) is Outcome.RETRY


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_wait_for_better_ones(status):
    assert outcome(status) is Outcome.RETRY


def test_a_receiver_still_at_work_on_the_key_is_asked_again():
    assert outcome(409) is Outcome.RETRY


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 422])
def test_a_refused_message_is_not_sent_again(status):
    assert outcome(status) is Outcome.PERMANENT


@pytest.mark.parametrize("status", [500, 502, 504, 599])
def test_a_failed_server_may_have_done_it(status):
    assert outcome(status) is Outcome.UNKNOWN


def test_a_redirect_is_refused_with_its_target():
    verdict = of_answer(Answer(302, {"Location": "https://b.example"}, b""), now=0)
    assert verdict.outcome is Outcome.PERMANENT
    assert "https://b.example" in verdict.reason


def test_the_wish_of_the_other_side_is_read_whatever_its_spelling():
    verdict = of_answer(Answer(503, {"retry-AFTER": "17"}, b""), now=0)
    assert verdict.retry_after_s == 17


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotSent("refused"), Outcome.RETRY),
        (NoAnswer("timed out"), Outcome.UNKNOWN),
        (AddressRefused("private"), Outcome.PERMANENT),
    ],
)
def test_no_answer(error, expected):
    verdict = of_error(error)
    assert (verdict.outcome, verdict.reason) == (expected, str(error))


def test_a_mistake_of_the_program_is_no_outcome():
    with pytest.raises(TypeError):
        of_error(KeyError("x"))


def test_a_side_that_refuses_one_message_is_healthy():
    assert of_answer(Answer(422, {}, b""), now=0).is_healthy
    assert not of_answer(Answer(503, {}, b""), now=0).is_healthy


def test_a_side_that_has_not_finished_is_healthy():
    assert Verdict(Outcome.PENDING).is_healthy
