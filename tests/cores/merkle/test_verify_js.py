"""The browser's check says the same as the one in Python, vector by vector."""

import importlib.util
import json
import shutil
import subprocess

import pytest

from odoo.addons.dms_base.merkle import codes, passport

from tests.cores.merkle.passports import accepted, damages, good
from tests.cores.merkle.test_merkle_entries import leaf, other
from tests.cores.merkle.vectors import ROOT, name_of, needs_vectors, rows

FOLDER = ROOT / "addons/dms_base/static/src/verify"
PROGRAM = ROOT / "tests/cores/merkle/run_verify.mjs"
KINDS = ("inclusion", "consistency")


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """:return: asks the modules, run by Node.js, about a list of (what, value)"""
    node = shutil.which("node")
    if not node:
        pytest.fail("Node.js 18 or later is needed to test the browser's modules")

    def ask(questions: list) -> list:
        file = tmp_path_factory.mktemp("node") / "questions.json"
        file.write_text(json.dumps(questions), "utf-8")
        command = [node, "--no-warnings", str(PROGRAM), str(FOLDER), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@needs_vectors
@pytest.mark.parametrize("kind", KINDS)
def test_it_accepts_and_refuses_every_vector_as_published(browser, kind):
    vectors = rows(kind)
    accepts = browser([(kind, row) for row in vectors])
    wrong = [
        name_of(row)
        for row, accept in zip(vectors, accepts, strict=True)
        if accept == row["wantErr"]
    ]
    assert wrong == []


def test_it_finds_what_python_finds(browser):
    cases = [*accepted(), *damages()]
    reports = browser([("passport", case.to_json()) for case in cases])
    for case, report in zip(cases, reports, strict=True):
        assert _found(report["findings"]) == case.expected, case.name
        assert report["good"] == (not case.expected), case.name


def test_it_gives_the_same_notes_and_gaps_as_python(browser):
    cases = [*accepted(), *damages()]
    reports = browser([("passport", case.to_json()) for case in cases])
    for case, report in zip(cases, reports, strict=True):
        own = passport.check(case.passport, case.keys, case.previous)
        assert _found(report["notes"]) == [(n.code, n.event) for n in own.notes]
        gaps = [sorted(finding["values"]) for finding in report["findings"]]
        assert gaps == [sorted(finding.values) for finding in own.findings], case.name


def test_it_hands_out_what_was_read(browser):
    (report,) = browser([("passport", {"passport": good(), "keys": []})])
    own = passport.check(good())
    assert [tuple(entry) for entry in report["entries"]] == list(own.entries.items())


@pytest.mark.parametrize("value", [None, [], "text", 7, {}])
def test_it_refuses_what_is_no_passport(browser, value):
    (report,) = browser([("passport", {"passport": value, "keys": []})])
    assert _found(report["findings"]) == [("passport_malformed", None)]


def test_it_refuses_every_second_way_to_write_an_entry(browser):
    ways = [
        leaf() + b" ",
        b"\xef\xbb\xbf" + leaf(),
        leaf().replace(b":3,", b":3.0,"),
        leaf().replace(b":3,", b":3e0,"),
        leaf('{"a":-0}'),
        leaf().replace(b"sold", b"s\\u006fld"),
        leaf().replace(b'"n":3', b'"n":3,"n":3'),
        leaf('{"a":9007199254740992}'),
        leaf('{"A":1}'),
        leaf('{"a":"\\u0000"}'),
        leaf().replace(b"sold", b"s\xffld"),
        other(v=2),
        other(n=1),
        other(n=0),
        other(prev="AAAA"),
        other(more=1),
        b"[" * 60_000,
    ]
    questions = [("passport", {"passport": _with(way), "keys": []}) for way in ways]
    for way, report in zip(ways, browser(questions), strict=True):
        assert ("entry_malformed", 1) in _found(report["findings"]), way
        own = passport.check(_with(way))
        assert ("entry_malformed", 1) in [(f.code, f.event) for f in own.findings]


def _with(entry: bytes) -> dict:
    data = good()
    data["events"][0]["entry"] = passport.encode_base64(entry)
    return data


def _found(findings: list[dict]) -> list[tuple[str, int | None]]:
    return [(finding["code"], finding["event"]) for finding in findings]


def test_both_have_the_same_codes(browser):
    (own,) = browser([("codes", None)])
    assert own == {"FAILURES": list(codes.FAILURES), "NOTES": list(codes.NOTES)}


def test_both_have_the_same_words(browser):
    source = ROOT / "verifier/dms_verify/words.py"
    spec = importlib.util.spec_from_file_location("dms_verify_words", source)
    words = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(words)
    assert browser([("words", None)]) == [words.WORDS]


def test_it_stands_alone():
    for module in FOLDER.glob("*.js"):
        sources = [
            line.rsplit(" from ", 1)[1]
            for line in module.read_text("utf-8").splitlines()
            if " from " in line and line.endswith('.js";') and not line[0] == " "
        ]
        assert all(source.startswith('"./') for source in sources), module.name
        assert "@odoo" not in module.read_text("utf-8")
