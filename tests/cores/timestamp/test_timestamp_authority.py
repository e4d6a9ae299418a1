"""Asking a real authority: `openssl ts` behind HTTP."""

import hashlib
from datetime import datetime, timedelta, timezone

import pytest
from timestamp import MAX_BYTES, TimestampError, Trust, request, verify

from dms_simulator.timestamp_authority import Authority
from tests.cores.timestamp.authority import serve

MESSAGE = b"dms.example/log\n3\n...\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def trust(authority) -> Trust:
    return Trust.from_pem(authority.pem)


def refused(code: str):
    return pytest.raises(TimestampError, check=lambda error: error.code == code)


def test_a_stamp_of_now(authority, trust):
    with serve(authority.answer) as url:
        stamp, answer = request(url, MESSAGE, trust)
    assert abs(datetime.now(timezone.utc) - stamp.at) < timedelta(minutes=1)
    assert stamp.authority == "CN=Test authority"
    assert stamp.policy == "1.2.3.4.1"
    assert verify(answer, hashlib.sha256(MESSAGE).digest(), trust) == stamp


def test_only_the_hash_leaves_the_house(authority, trust):
    seen = []

    def answer(query):
        seen.append(query)
        return authority.answer(query)

    with serve(answer) as url:
        request(url, MESSAGE, trust)
    assert MESSAGE not in seen[0]
    assert hashlib.sha256(MESSAGE).digest() in seen[0]


def test_two_requests_differ(authority, trust):
    """Each carries a number of its own, so that no old answer fits."""
    seen = []

    def answer(query):
        seen.append(query)
        return authority.answer(seen[0])

    with serve(answer) as url:
        request(url, MESSAGE, trust)
        with refused("not_ours"):
            request(url, MESSAGE, trust)
    assert seen[0] != seen[1]


def test_an_answer_about_something_else(authority, trust):
    with serve(authority.answer) as url:
        _stamp, other = request(url, b"other", trust)
    with serve(lambda query: other) as url, refused("not_ours"):
        request(url, MESSAGE, trust)


def test_an_authority_nobody_trusts(authority, tmp_path):
    stranger = Trust.from_pem(Authority(tmp_path).pem)
    with serve(authority.answer) as url, refused("untrusted"):
        request(url, MESSAGE, stranger)


def test_a_refusal_by_the_authority(authority, trust):
    """It understands no request that is cut short, and says so."""
    with serve(lambda query: authority.answer(query[:-10])) as url:
        with refused("refused"):
            request(url, MESSAGE, trust)


@pytest.mark.parametrize("status", [404, 500, 503])
def test_an_error_of_the_server(trust, status):
    with serve(lambda query: b"", status=status) as url, refused("unreachable"):
        request(url, MESSAGE, trust)


def test_a_page_is_no_answer(trust):
    with serve(lambda query: b"<html>", kind="text/html") as url:
        with refused("unreachable"):
            request(url, MESSAGE, trust)


def test_an_answer_without_end(trust):
    endless = b"0" * (MAX_BYTES + 1)
    with serve(lambda query: endless) as url, refused("unreachable"):
        request(url, MESSAGE, trust)


def test_nobody_at_home(trust):
    with refused("unreachable"):
        request("http://127.0.0.1:9/", MESSAGE, trust, timeout=2)
