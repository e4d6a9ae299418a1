"""Answers of real authorities and damaged ones, published by others."""

import hashlib
from datetime import datetime, timezone
from pathlib import Path

import pytest

from odoo.addons.dms_base.timestamp import TimestampError, Trust, verify

DATA = Path(__file__).resolve().parents[4] / "shared/data/crypto/rfc3161"
HELLO = b"hello"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the public answers are not in {DATA}"
)


def trust(folder: str) -> Trust:
    return Trust.from_pem((DATA / folder / "ts_chain.pem").read_bytes())


def without_authority(folder: str) -> Trust:
    given = trust(folder)
    return Trust(given.roots, given.intermediates)


def check(path: str, given: Trust, algorithm: str = "sha256", message: bytes = HELLO):
    digest = hashlib.new(algorithm, message).digest()
    return verify((DATA / path).read_bytes(), digest, given, algorithm=algorithm)


def refused(code: str):
    return pytest.raises(TimestampError, check=lambda error: error.code == code)


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_good_answers_of_every_algorithm(algorithm):
    stamp = check(f"sigstage/response-{algorithm}.tsr", trust("sigstage"), algorithm)
    assert stamp.at.isoformat().startswith("2025-05-09T11:58:5")
    assert "sigstore-tsa" in stamp.authority


def test_a_chain_with_a_certificate_between():
    stamp = check("test_tsa/response.tsr", trust("test_tsa"), "sha512")
    assert stamp.at.isoformat() == "2024-10-08T15:40:32+00:00"
    assert stamp.policy


def test_an_answer_without_certificate_needs_that_of_the_authority():
    path = "sigstage/response-no-embedded-cert.tsr"
    assert check(path, trust("sigstage"))
    with refused("untrusted"):
        check(path, without_authority("sigstage"))


def test_a_false_signature():
    with refused("untrusted"):
        check("sigstage/response-invalid-signature.tsr", trust("sigstage"))


def test_an_answer_outlives_the_certificate():
    """What counts is that the certificate was valid when it stamped."""
    message = (DATA / "sigstore.mock/payload").read_bytes()
    path = "sigstore.mock/response-expired.tsr"
    given = trust("sigstore.mock")
    stamp = check(path, given, message=message)
    assert given.authority.not_valid_after_utc < datetime.now(timezone.utc)
    assert stamp.at < given.authority.not_valid_after_utc


def test_an_answer_of_another_authority():
    with refused("untrusted"):
        check("test_tsa/other_response.tsr", trust("test_tsa"), "sha512")
    with refused("untrusted"):
        check("test_tsa/response.tsr", trust("sigstage"), "sha512")


def test_certificates_added_by_others_do_not_take_the_place_of_the_signer():
    path = "test_tsa/response-injected-certs.tsr"
    stamp = check(path, without_authority("test_tsa"), "sha512")
    assert stamp.authority == "CN=Test TSA Timestamping,O=local"


def test_a_timestamp_of_something_else():
    with refused("not_ours"):
        check("sigstage/response-sha256.tsr", trust("sigstage"), message=b"other")


def test_a_hash_of_another_algorithm():
    with refused("not_ours"):
        check("sigstage/response-sha512.tsr", trust("sigstage"), "sha256")


def test_the_answer_to_another_request():
    answer = (DATA / "sigstage/response-sha256.tsr").read_bytes()
    digest = hashlib.sha256(HELLO).digest()
    with refused("not_ours"):
        verify(answer, digest, trust("sigstage"), nonce=1)


@pytest.mark.parametrize("at", [0, 10, 200, 700, -40])
def test_every_damaged_byte_is_noticed(at):
    answer = bytearray((DATA / "sigstage/response-sha256.tsr").read_bytes())
    answer[at] ^= 1
    with pytest.raises(TimestampError):
        verify(bytes(answer), hashlib.sha256(HELLO).digest(), trust("sigstage"))


@pytest.mark.parametrize("answer", [b"", b"x", b"0\x00", b"\x30\x03\x02\x01\x02"])
def test_what_is_no_answer(answer):
    with pytest.raises(TimestampError):
        verify(answer, hashlib.sha256(HELLO).digest(), trust("sigstage"))


def test_an_answer_that_is_not_der_is_refused():
    """Its certificates are not in the order that DER demands."""
    answer = (DATA / "openssl_tsa/sectigo-all-zero.tsr").read_bytes()
    with refused("malformed"):
        verify(answer, bytes(32), trust("test_tsa"))


def test_trust_needs_a_root():
    with refused("untrusted"):
        Trust.from_pem((DATA / "openssl_tsa/sectigo-signer.pem").read_bytes())
    with refused("untrusted"):
        Trust.from_pem(b"nothing")
