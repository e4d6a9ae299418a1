"""The check of a passport names what is wrong, and where."""

import pytest

from odoo.addons.dms_base.merkle import passport
from odoo.addons.dms_base.merkle.codes import FAILURES

from tests.cores.merkle.passports import KEY, accepted, damages, good, log


def found(case) -> list[tuple[str, int | None]]:
    report = passport.check(case.passport, case.keys, case.previous)
    return [(finding.code, finding.event) for finding in report.findings]


@pytest.mark.parametrize("case", accepted(), ids=lambda case: case.name)
def test_accepted(case):
    assert found(case) == []


@pytest.mark.parametrize("case", damages(), ids=lambda case: case.name)
def test_damage_is_named(case):
    assert found(case) == case.expected


def test_every_kind_of_failure_has_its_damage():
    named = {code for case in damages() for code, _event in case.expected}
    # only browsers without Ed25519 cannot check a signature
    left = set(FAILURES) - named - {"signature_uncheckable"}
    # these need somebody who judges timestamps, see test_verifier_timestamps.py
    assert all(code.startswith("timestamp_") for code in left)


@pytest.mark.parametrize("value", [None, [], "text", 7, {}])
def test_what_is_no_passport(value):
    report = passport.check(value)
    assert not report.readable
    assert not report.good


def test_without_a_key_of_his_own_the_reader_is_told():
    notes = [note.code for note in passport.check(good()).notes]
    assert notes == ["keys_from_passport"]
    assert passport.check(good(), [KEY.public.vkey]).notes == []


def test_without_a_judge_timestamps_are_counted():
    report = passport.check(good() | {"timestamps": ["AAAA"] * 2}, [KEY.public.vkey])
    (note,) = report.notes
    assert (note.code, note.values) == ("timestamps_unchecked", {"count": 2})


def test_a_judge_sees_each_timestamp_and_what_it_must_be_about():
    seen = []

    def judge(answer, text):
        seen.append((answer, text))
        return passport.Finding("timestamp_untrusted")

    data = good() | {"timestamps": ["AAAA", "AAAB"]}
    report = passport.check(data, [KEY.public.vkey], judge=judge)
    text = report.checkpoint.text.encode()
    assert seen == [(b"\0\0\0", text), (b"\0\0\1", text)]
    assert [found.code for found in report.findings] == ["timestamp_untrusted"] * 2


def test_what_a_judge_believes_is_a_note():
    data = good() | {"timestamps": ["AAAA"]}
    believe = lambda _answer, _text: passport.Finding("timestamp_good")  # noqa: E731
    report = passport.check(data, [KEY.public.vkey], judge=believe)
    assert (report.good, [note.code for note in report.notes]) == (
        True,
        ["timestamp_good"],
    )


def test_a_judge_without_a_timestamp_says_so():
    judge = lambda _answer, _text: passport.Finding("timestamp_good")  # noqa: E731
    report = passport.check(good(), [KEY.public.vkey], judge=judge)
    assert [note.code for note in report.notes] == ["timestamp_missing"]


def test_timestamps_of_a_checkpoint_nobody_signed_are_not_judged():
    data = good() | {"timestamps": ["AAAA"], "checkpoint": "hello"}
    report = passport.check(data, judge=lambda *_all: pytest.fail("asked"))
    assert "timestamps_unchecked" in [note.code for note in report.notes]


def test_the_report_hands_out_what_was_read():
    report = passport.check(good())
    assert [entry["kind"] for entry in report.entries.values()] == [
        "vehicle.ordered",
        "vehicle.received",
        "vehicle.sold",
        "vehicle.delivered",
        "vehicle.serviced",
    ]
    assert report.checkpoint.size == 10


def test_a_continued_log_may_have_another_name():
    """After a restored backup the same tree goes on below a new origin and key."""
    older = log(4).checkpoint()
    newer = log().passport(since=8)
    renamed = passport.PublicKey("dms.example/log/2", 1, KEY.public.key)
    key = type(KEY)(renamed.name, KEY.seed)
    newer["checkpoint"] = log().checkpoint(key=key)
    newer["log"] = {"origin": key.name, "keys": [KEY.public.vkey, renamed.vkey]}
    assert passport.check(newer, previous=older).findings == []
