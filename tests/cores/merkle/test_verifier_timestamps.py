"""The verifier judges timestamps if the reader names an authority he trusts."""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from odoo.addons.dms_base.merkle import notes
from odoo.addons.dms_base.timestamp import query

from dms_simulator.timestamp_authority import Authority
from tests.cores.merkle.passports import KEY, good, log
from tests.cores.merkle.vectors import DATA

VECTORS = DATA / "rfc3161"
TRUSTED = f"--key={KEY.public.vkey}"


@pytest.fixture(scope="module")
def stranger(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("other"))


def root_of(authority: Authority) -> str:
    return f"--tsa-root={authority.folder / 'root.pem'}"


def stamped(authority: Authority, checkpoint: str | None = None) -> dict:
    """:return: a good passport with a timestamp of its checkpoint, or of another"""
    data = good()
    text = notes.parse(checkpoint or data["checkpoint"]).text.encode()
    answer = authority.answer(query(text))
    return data | {"timestamps": [b64encode(answer).decode()]}


def test_a_good_one_says_who_and_when(run, authority):
    code, said = run(stamped(authority), TRUSTED, root_of(authority))
    assert code == 0, said
    assert "On 20" in said and "says CN=Test authority" in said
    assert "Everything is proven" in said


def test_it_says_so_in_chinese(run, authority):
    code, said = run(stamped(authority), TRUSTED, root_of(authority), lang="zh")
    assert (code, "CN=Test authority 证明日志在 20" in said) == (0, True)


def test_without_an_authority_they_are_counted_and_nothing_more(run, authority):
    code, said = run(stamped(authority), TRUSTED)
    assert (code, "Timestamps are there (1), but nobody" in said) == (0, True)


def test_a_reader_who_expects_one_is_told_that_there_is_none(run, authority):
    code, said = run(good(), TRUSTED, root_of(authority))
    assert (code, "No timestamp authority says" in said) == (0, True)


def test_one_of_another_checkpoint_is_refused(run, authority):
    data = stamped(authority, log(3).checkpoint())
    code, said = run(data, TRUSTED, root_of(authority))
    assert (code, "A timestamp is of something else" in said) == (1, True)


def test_one_by_an_authority_the_reader_does_not_trust_is_refused(
    run, authority, stranger
):
    code, said = run(stamped(stranger), TRUSTED, root_of(authority))
    assert (code, "A timestamp is not to be believed" in said) == (1, True)


def test_several_authorities_can_be_trusted(run, authority, stranger):
    roots = [root_of(authority), root_of(stranger)]
    for one in (authority, stranger):
        assert run(stamped(one), TRUSTED, *roots)[0] == 0


def test_a_refusal_of_the_authority_is_no_timestamp(run, authority):
    refusal = authority.answer(query(b"cut short")[:-10])
    data = good() | {"timestamps": [b64encode(refusal).decode()]}
    code, said = run(data, TRUSTED, root_of(authority))
    assert (code, "A timestamp cannot be read" in said) == (1, True)


@pytest.mark.parametrize("at", [60, 300, -200, -1])
def test_a_changed_byte_is_refused(run, authority, at):
    answer = bytearray(
        authority.answer(query(notes.parse(good()["checkpoint"]).text.encode()))
    )
    answer[at] ^= 1
    data = good() | {"timestamps": [b64encode(answer).decode()]}
    assert run(data, TRUSTED, root_of(authority))[0] == 1


def test_a_file_that_is_no_root_ends_with_2(run, tmp_path):
    (tmp_path / "none.pem").write_text("hello")
    code, said = run(good(), "--tsa-root=none.pem")
    assert (code, "none.pem cannot be read" in said) == (2, True)
    assert run(good(), "--tsa-root=missing.pem")[0] == 2


@pytest.fixture
def bare(tmp_path) -> Path:
    """A folder that hides the libraries of the extra."""
    for name in ("asn1crypto", "rfc3161_client"):
        (tmp_path / "bare").mkdir(exist_ok=True)
        (tmp_path / "bare" / f"{name}.py").write_text("raise ImportError")
    return tmp_path / "bare"


def test_everything_else_works_without_the_extra(run, authority, bare):
    assert run(stamped(authority), TRUSTED, before=[bare])[0] == 0


def test_without_the_extra_it_names_what_to_install(run, authority, bare):
    code, said = run(stamped(authority), root_of(authority), before=[bare])
    assert (code, "dms-verify[timestamps]" in said) == (2, True)


PROGRAM = """
import json, pathlib, sys
from dms_verify.stamps import Judge
for chain, answer, message in json.load(sys.stdin):
    judge = Judge()
    judge.believe(pathlib.Path(chain).read_bytes())
    print(judge(pathlib.Path(answer).read_bytes(), message.encode()).code)
"""


@pytest.fixture
def judged(site):
    """:return: what the judge says about (chain, answer, message) of published files"""

    def ask(*cases: tuple[str, str, str]) -> list[str]:
        questions = [(f"{VECTORS}/{c}", f"{VECTORS}/{a}", m) for c, a, m in cases]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONPATH": str(site)},
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.returncode, done.stderr
        return done.stdout.split()

    return ask


needs_vectors = pytest.mark.skipif(
    not VECTORS.is_dir(), reason=f"the public answers are not in {VECTORS}"
)
SIGSTAGE = "sigstage/ts_chain.pem"


@needs_vectors
def test_published_answers_are_believed(judged):
    assert (
        judged(
            (SIGSTAGE, "sigstage/response-sha256.tsr", "hello"),
            (SIGSTAGE, "sigstage/response-no-embedded-cert.tsr", "hello"),
        )
        == ["timestamp_good"] * 2
    )


@needs_vectors
@pytest.mark.parametrize(
    ("chain", "answer", "message", "code"),
    [
        (SIGSTAGE, "sigstage/response-invalid-signature.tsr", "hello", "untrusted"),
        (SIGSTAGE, "sigstage/response-sha256.tsr", "other", "not_ours"),
        (SIGSTAGE, "sigstage/response-sha384.tsr", "hello", "not_ours"),
        (SIGSTAGE, "sigstage/response-sha512.tsr", "hello", "not_ours"),
        (SIGSTAGE, "test_tsa/response.tsr", "hello", "not_ours"),
        ("test_tsa/ts_chain.pem", "test_tsa/other_response.tsr", "hello", "not_ours"),
        ("test_tsa/ts_chain.pem", "sigstage/response-sha256.tsr", "hello", "untrusted"),
        (SIGSTAGE, "openssl_tsa/sectigo-all-zero.tsr", "hello", "malformed"),
        (SIGSTAGE, "sigstage/request.der", "hello", "malformed"),
        (SIGSTAGE, "identrust/issue-104.tsr", "hello", "not_ours"),
    ],
)
def test_published_answers_that_do_not_hold_are_refused(
    judged, chain, answer, message, code
):
    assert judged((chain, answer, message)) == [f"timestamp_{code}"]
