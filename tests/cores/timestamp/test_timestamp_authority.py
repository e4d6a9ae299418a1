"""Answers of a real authority: `openssl ts`, as the simulator runs it."""

import hashlib
from datetime import datetime, timedelta, timezone

import pytest

from odoo.addons.dms_base.timestamp import (
    TimestampError,
    Trust,
    check_answer,
    query,
    verify,
)

from dms_simulator.timestamp_authority import Authority

MESSAGE = b"dms.example/log\n3\n...\n"


@pytest.fixture(scope="module")
def trust(authority) -> Trust:
    return Trust.from_pem(authority.pem)


def refused(code: str):
    return pytest.raises(TimestampError, check=lambda error: error.code == code)


def test_a_stamp_of_now(authority, trust):
    asked = query(MESSAGE)
    answer = authority.answer(asked)
    stamp = check_answer(answer, asked, MESSAGE, trust)
    assert abs(datetime.now(timezone.utc) - stamp.at) < timedelta(minutes=1)
    assert stamp.authority == "CN=Test authority"
    assert stamp.policy == "1.2.3.4.1"
    assert verify(answer, hashlib.sha256(MESSAGE).digest(), trust) == stamp


def test_only_the_hash_leaves_the_house():
    asked = query(MESSAGE)
    assert MESSAGE not in asked
    assert hashlib.sha256(MESSAGE).digest() in asked


def test_two_requests_differ(authority, trust):
    """Each carries a number of its own, so that no old answer fits."""
    first, second = query(MESSAGE), query(MESSAGE)
    with refused("not_ours"):
        check_answer(authority.answer(first), second, MESSAGE, trust)
    assert first != second


def test_an_answer_about_something_else(authority, trust):
    other = authority.answer(query(b"other"))
    with refused("not_ours"):
        check_answer(other, query(MESSAGE), MESSAGE, trust)


def test_an_authority_nobody_trusts(authority, tmp_path):
    stranger = Trust.from_pem(Authority(tmp_path).pem)
    asked = query(MESSAGE)
    with refused("untrusted"):
        check_answer(authority.answer(asked), asked, MESSAGE, stranger)


def test_a_refusal_by_the_authority(authority, trust):
    """It understands no request that is cut short, and says so."""
    asked = query(MESSAGE)
    with refused("refused"):
        check_answer(authority.answer(asked[:-10]), asked, MESSAGE, trust)
