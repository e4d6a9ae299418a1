"""One attempt, and what becomes of the message."""

import json
import logging

import pytest

from odoo.addons.dms_base.delivery import (
    AddressGuard,
    Client,
    Credentials,
    Fate,
    Message,
    Outcome,
    Provider,
    RetrySchedule,
    attempt,
    fate,
    provider,
)

from dms_simulator import Fault
from dms_simulator.oem_echo import OemEcho

MESSAGE = Message("vehicle.sold", {"vin": "LSV1"}, "k-1")
SCHEDULE = RetrySchedule(attempts=3)


@pytest.fixture
def client():
    return Client(Credentials(), AddressGuard.parse("127.0.0.0/8 ::1"))


@pytest.fixture
def oem():
    with OemEcho() as simulator:
        yield simulator


class Clumsy(Provider):
    """Makes every mistake a provider can make."""

    def __init__(self, fails_at):
        self.fails_at = fails_at

    def request(self, message, endpoint):
        if self.fails_at == "request":
            raise KeyError("vin")
        return provider("http_json").request(message, endpoint)

    def verdict(self, answer, now):
        raise KeyError("number")


class TestAttempt:
    def test_delivers(self, client, oem):
        result = attempt(provider("http_json"), MESSAGE, oem.url, client)
        assert result.verdict.outcome is Outcome.DELIVERED
        assert json.loads(result.answer.body)["number"] == "OEM-000001"
        assert oem.ledger.effects == [{"vin": "LSV1"}]

    def test_no_answer_is_a_result(self, client, oem):
        oem.faults.add(Fault(drop="after"))
        result = attempt(provider("http_json"), MESSAGE, oem.url, client)
        assert (result.verdict.outcome, result.answer) == (Outcome.UNKNOWN, None)

    def test_a_message_that_cannot_be_written_is_not_sent(self, client, oem, caplog):
        result = attempt(Clumsy("request"), MESSAGE, oem.url, client)
        assert result.verdict.outcome is Outcome.PERMANENT
        assert "vin" in result.verdict.reason
        assert not oem.ledger.received

    def test_an_answer_that_cannot_be_read_leaves_it_open(self, client, oem, caplog):
        result = attempt(Clumsy("read"), MESSAGE, oem.url, client)
        assert result.verdict.outcome is Outcome.UNKNOWN
        assert result.answer.status == 200

    def test_mistakes_of_providers_are_logged(self, client, oem, caplog):
        with caplog.at_level(logging.ERROR):
            attempt(Clumsy("read"), MESSAGE, oem.url, client)
        assert "KeyError" in caplog.text


class TestWebhook:
    def test_the_event_is_the_body(self, client, oem):
        event = {"id": "e-1", "kind": "vehicle.sold", "data": {"vin": "LSV1"}}
        message = Message("vehicle.sold", event, "e-1")
        attempt(provider("webhook"), message, oem.url, client)
        received = oem.ledger.received[0]
        assert json.loads(received.body) == event
        assert received.header("DMS-Kind") == "vehicle.sold"
        assert received.header("Idempotency-Key") == "e-1"


@pytest.mark.parametrize(
    ("outcome", "attempts", "may_repeat", "expected"),
    [
        (Outcome.DELIVERED, 1, True, Fate.DELIVERED),
        (Outcome.DELIVERED, 99, False, Fate.DELIVERED),
        (Outcome.PENDING, 2, False, Fate.WAITING),
        (Outcome.PENDING, 3, True, Fate.DEAD),
        (Outcome.RETRY, 2, True, Fate.WAITING),
        (Outcome.RETRY, 2, False, Fate.WAITING),
        (Outcome.RETRY, 3, True, Fate.DEAD),
        (Outcome.UNKNOWN, 2, True, Fate.WAITING),
        (Outcome.UNKNOWN, 2, False, Fate.DEAD),
        (Outcome.UNKNOWN, 3, True, Fate.DEAD),
        (Outcome.PERMANENT, 1, True, Fate.DEAD),
    ],
)
def test_fate(outcome, attempts, may_repeat, expected):
    assert fate(outcome, attempts, SCHEDULE, may_repeat) is expected
