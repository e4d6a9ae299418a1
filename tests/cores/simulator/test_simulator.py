"""Simulators: other sides that fail as they are told."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dms_simulator import Fault, names, register, simulator
from dms_simulator.oem_echo import OemEcho

ROOT = Path(__file__).parents[3]


def call(url, key="k-1", data=1, method="POST"):
    """:return: status and JSON of the answer"""
    body = json.dumps({"kind": "test", "data": data}).encode()
    request = urllib.request.Request(url, body, method=method)
    if key:
        request.add_header("Idempotency-Key", key)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.fixture
def oem():
    with OemEcho() as running:
        yield running


class TestOnce:
    def test_a_key_has_one_effect_and_one_answer(self, oem):
        assert call(oem.url, "k-1") == call(oem.url, "k-1")
        assert oem.ledger.effects == [1]
        assert len(oem.ledger.received) == 2

    def test_another_key_has_its_own(self, oem):
        call(oem.url, "k-1", "a")
        call(oem.url, "k-2", "b")
        assert oem.ledger.effects == ["a", "b"]

    def test_without_key_nothing_happens(self, oem):
        assert call(oem.url, key=None)[0] == 400
        assert not oem.ledger.effects


class TestFaults:
    def test_a_status_has_no_effect(self, oem):
        oem.faults.add(Fault(status=503))
        assert call(oem.url)[0] == 503
        assert not oem.ledger.effects

    def test_a_drop_before_has_none(self, oem):
        oem.faults.add(Fault(drop="before"))
        with pytest.raises(OSError):
            call(oem.url)
        assert not oem.ledger.effects

    def test_a_drop_after_has_one(self, oem):
        oem.faults.add(Fault(drop="after"))
        with pytest.raises(OSError):
            call(oem.url)
        assert oem.ledger.effects == [1]

    def test_faults_are_used_up_in_order(self, oem):
        oem.faults.add(Fault(status=500), Fault(status=429))
        assert [call(oem.url)[0] for _ in range(3)] == [500, 429, 200]

    def test_a_lasting_fault_lasts_until_it_is_cleared(self, oem):
        oem.faults.last(Fault(status=503))
        assert [call(oem.url)[0] for _ in range(3)] == [503, 503, 503]
        oem.faults.clear()
        assert call(oem.url)[0] == 200

    def test_a_drop_is_before_or_after(self):
        with pytest.raises(ValueError):
            Fault(drop="sometimes")


class TestRegistry:
    def test_the_echo_is_known(self):
        assert "oem_echo" in names()
        assert simulator("oem_echo") is OemEcho

    def test_an_unknown_one_is_an_error_that_names_the_known(self):
        with pytest.raises(LookupError, match="oem_echo"):
            simulator("no_such")

    def test_a_name_is_given_once(self):
        with pytest.raises(ValueError):
            register("oem_echo")(OemEcho)


class TestProcess:
    @pytest.fixture
    def process(self):
        command = [sys.executable, "-m", "dms_simulator", "oem_echo", "--bearer", "t"]
        running = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ
        )
        yield running
        running.kill()
        running.wait()

    @pytest.fixture
    def url(self, process):
        return process.stdout.readline().split()[-1]

    def test_says_where_it_listens_and_checks_who_calls(self, url):
        assert call(url)[0] == 401

    def test_is_told_to_fail_over_http(self, url):
        faults = json.dumps([{"status": 503}]).encode()
        with urllib.request.urlopen(f"{url}/_simulator/faults", faults) as response:
            assert json.load(response) == {"added": 1}

    def test_refuses_a_fault_it_does_not_know(self, url):
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(f"{url}/_simulator/faults", b'[{"explode": true}]')

    def test_shows_what_it_got(self, url):
        call(url)
        with urllib.request.urlopen(f"{url}/_simulator/ledger") as response:
            assert json.load(response) == {"received": 1, "effects": []}

    def test_ends_when_it_is_asked_to(self, process, url):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
