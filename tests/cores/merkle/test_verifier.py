"""The stand-alone verifier, installed alone and run as a reader runs it."""

import subprocess
import sys

import pytest

from tests.cores.merkle.passports import KEY, accepted, damages, good, log
from tests.cores.merkle.vectors import ROOT


def test_it_carries_the_checks_and_nothing_of_odoo(site):
    modules = {path.relative_to(site).as_posix() for path in site.rglob("*.py")}
    assert "dms_verify/merkle/passport.py" in modules
    assert "dms_verify/timestamp/check.py" in modules
    assert all(name.startswith("dms_verify/") for name in modules)
    assert not any("odoo" in (site / name).read_text("utf-8") for name in modules)


def test_the_repository_holds_one_copy_of_the_checks():
    assert not (ROOT / "verifier" / "dms_verify" / "merkle").exists()
    assert not (ROOT / "verifier" / "dms_verify" / "timestamp").exists()


def test_it_needs_cryptography_alone(site):
    (metadata,) = site.glob("*.dist-info/METADATA")
    needs = [
        line
        for line in metadata.read_text("utf-8").splitlines()
        if line.startswith("Requires-Dist")
    ]
    assert [need for need in needs if "extra ==" not in need] == [
        "Requires-Dist: cryptography>=42"
    ]


@pytest.mark.parametrize("case", accepted(), ids=lambda case: case.name)
def test_a_good_passport_ends_with_0(run, case):
    options = [f"--key={key}" for key in case.keys]
    code, said = run(case.passport, *options, previous=case.previous)
    assert (code, "Everything is proven" in said) == (0, True), said


@pytest.mark.parametrize("case", damages(), ids=lambda case: case.name)
def test_damage_ends_with_1_or_2_and_names_the_event(run, case):
    options = [f"--key={key}" for key in case.keys]
    code, said = run(case.passport, *options, previous=case.previous)
    unreadable = case.expected == [("passport_malformed", None)]
    assert code == (2 if unreadable else 1), said
    for _code, event in case.expected:
        assert event is None or f"Event {event}: " in said


def test_it_says_why(run):
    code, said = run(log(3).passport(), previous=log(5).checkpoint())
    assert code == 1
    assert "The log went back: it had 10 entries and now says 6." in said


def test_it_speaks_chinese(run):
    code, said = run(good() | {"events": good()["events"][1:]}, lang="zh")
    assert code == 1
    assert "事件 1：它之前缺少事件：这是第 2 号，应为第 1 号。" in said


def test_a_known_key_leaves_nothing_to_note(run):
    _code, said = run(good(), f"--key={KEY.public.vkey}")
    assert "Note" not in said
    assert "compare it" in run(good())[1].lower()


@pytest.mark.parametrize("text", ["", "no json", "[" * 100_000, "\x00"])
def test_what_is_no_json_ends_with_2(run, text):
    assert run(text)[0] == 2


def test_a_missing_file_ends_with_2(run):
    code, said = run(good(), "--previous=none.json")
    assert code == 2
    assert "none.json cannot be read" in said


def test_every_code_has_its_words_in_both_languages(site):
    program = (
        "from dms_verify.words import WORDS; from dms_verify.merkle.codes import CODES;"
        "assert set(CODES) <= WORDS['en'].keys() == WORDS['zh'].keys()"
    )
    subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(site)}, check=True
    )
