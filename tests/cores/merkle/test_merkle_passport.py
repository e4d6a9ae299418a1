"""The check of a passport names what is wrong, and where."""

import pytest
from merkle import passport
from merkle.codes import FAILURES

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
    assert set(FAILURES) - named == {"signature_uncheckable"}


@pytest.mark.parametrize("value", [None, [], "text", 7, {}])
def test_what_is_no_passport(value):
    report = passport.check(value)
    assert not report.readable
    assert not report.good


def test_without_a_key_of_his_own_the_reader_is_told():
    notes = [note.code for note in passport.check(good()).notes]
    assert notes == ["keys_from_passport"]
    assert passport.check(good(), [KEY.public.vkey]).notes == []


def test_timestamps_are_somebody_elses_task():
    report = passport.check(good() | {"timestamps": ["AAAA"]}, [KEY.public.vkey])
    assert [note.code for note in report.notes] == ["timestamps_unchecked"]


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
