"""Signatures of requests."""

import hashlib
import hmac

import pytest

from odoo.addons.dms_base.delivery import NonceMemory, SignatureRefused
from odoo.addons.dms_base.delivery.signature import (
    KEY,
    NONCE,
    SIGNATURE,
    TIMESTAMP,
    check,
    signed_headers,
)

NOW = 1_700_000_000
SECRET = "s3cret-密"
BODY = '{"车":1}'.encode()
CALL = ("POST", "/dms/hook/abc?x=1", BODY)


@pytest.fixture
def headers():
    return signed_headers(SECRET, "POST", CALL[1], "key-1", BODY, NOW)


def refusal(headers, call=CALL, secrets=(SECRET,), now=NOW) -> str:
    with pytest.raises(SignatureRefused) as caught:
        check(headers, *call, secrets, now)
    return caught.value.code


def test_the_text_is_as_documented():
    """Written out once more from the documentation, byte by byte."""
    text = "\n".join(
        [
            "DMS-HMAC-SHA256",
            "POST",
            "/dms/hook/abc?x=1",
            "1700000000",
            "nonce-0001",
            "key-1",
            hashlib.sha256(BODY).hexdigest(),
        ]
    )
    expected = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    headers = {
        TIMESTAMP: "1700000000",
        NONCE: "nonce-0001",
        KEY: "key-1",
        SIGNATURE: f"v1={expected}",
    }
    assert check(headers, *CALL, [SECRET], NOW).nonce == "nonce-0001"


def test_what_is_signed_is_accepted(headers):
    assert check(headers, *CALL, [SECRET], NOW).key == "key-1"


def test_each_signature_has_a_nonce_of_its_own(headers):
    again = signed_headers(SECRET, "POST", CALL[1], "key-1", BODY, NOW)
    assert headers[NONCE] != again[NONCE]


@pytest.mark.parametrize(
    "call",
    [
        ("PUT", CALL[1], BODY),
        ("POST", "/dms/hook/abd?x=1", BODY),
        ("POST", "/dms/hook/abc", BODY),
        ("POST", CALL[1], BODY + b" "),
    ],
)
def test_another_request_is_refused(headers, call):
    assert refusal(headers, call) == "wrong"


@pytest.mark.parametrize(
    ("name", "value"),
    [(TIMESTAMP, str(NOW + 1)), (NONCE, "another-nonce"), (KEY, "key-2")],
)
def test_changed_headers_are_refused(headers, name, value):
    assert refusal(headers | {name: value}) == "wrong"


def test_another_secret_is_refused(headers):
    assert refusal(headers, secrets=["other"]) == "wrong"


def test_without_any_secret_all_is_refused(headers):
    assert refusal(headers, secrets=[]) == "wrong"


def test_both_secrets_are_good_while_one_is_being_changed(headers):
    assert check(headers, *CALL, ["new", SECRET], NOW)


def test_a_sender_may_offer_two_signatures(headers):
    headers[SIGNATURE] = f"v1={'0' * 64}, {headers[SIGNATURE]}"
    assert check(headers, *CALL, [SECRET], NOW)


def test_other_versions_are_not_looked_at(headers):
    headers[SIGNATURE] = headers[SIGNATURE].replace("v1=", "v0=")
    assert refusal(headers) == "wrong"


@pytest.mark.parametrize("drift", [-300, 300])
def test_the_window_is_five_minutes_to_either_side(headers, drift):
    assert check(headers, *CALL, [SECRET], NOW + drift)


@pytest.mark.parametrize("drift", [-301, 301])
def test_outside_of_the_window_is_refused(headers, drift):
    assert refusal(headers, now=NOW + drift) == "outside_window"


def test_only_who_holds_the_secret_learns_that_he_is_late(headers):
    assert refusal(headers, secrets=["other"], now=NOW + 999) == "wrong"


@pytest.mark.parametrize("name", [TIMESTAMP, NONCE, KEY, SIGNATURE])
def test_all_headers_are_needed(headers, name):
    del headers[name]
    assert refusal(headers) == "missing"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TIMESTAMP, "1e9"),
        (TIMESTAMP, "-1"),
        (TIMESTAMP, "9" * 13),
        (NONCE, "short"),
        (NONCE, "with space"),
        (KEY, ""),
        (KEY, "x" * 201),
        (KEY, "line\nfeed"),
    ],
)
def test_headers_that_cannot_be_read_are_refused(headers, name, value):
    assert refusal(headers | {name: value}) == "malformed"


def test_a_signature_that_is_no_ascii_is_wrong(headers):
    assert refusal(headers | {SIGNATURE: "v1=ü"}) == "wrong"


class TestNonceMemory:
    def test_knows_what_it_has_seen(self):
        memory = NonceMemory(window_s=300)
        assert memory.is_new("a", NOW)
        assert not memory.is_new("a", NOW + 1)
        assert memory.is_new("b", NOW)

    def test_keeps_a_nonce_as_long_as_its_timestamp_may_pass(self):
        memory = NonceMemory(window_s=300)
        memory.is_new("from the future", NOW)
        assert not memory.is_new("from the future", NOW + 600)

    def test_forgets_what_is_too_old_to_pass(self):
        memory = NonceMemory(window_s=300)
        for n in range(1000):
            memory.is_new(f"nonce {n}", NOW + n * 10)
        assert len(memory) < 100
