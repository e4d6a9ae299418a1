"""The examples that integrators copy from USAGE.md do what they say."""

import json
import re
import subprocess
import time
from pathlib import Path

import pytest

from odoo.addons.dms_base.delivery.signature import signed_headers

USAGE = Path(__file__).parents[3] / "addons/dms_base/readme/USAGE.md"
CALL = ("s3cret-密", "POST", "/in?x=1")
BODY = '{"kind":"vehicle.sold","车":1}'.encode()


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", USAGE.read_text("utf-8"), re.S)
    assert found, f"no example in {language}"
    return found[1]


def in_python(secret, method, path, headers, body) -> bool:
    names: dict = {}
    exec(example("python"), names)
    return names["is_ours"](secret, method, path, headers, body)


def in_javascript(secret, method, path, headers, body) -> bool:
    lower = {name.lower(): value for name, value in headers.items()}
    arguments = json.dumps([secret, method, path, lower])
    call = f"isOurs(...{arguments}, Buffer.from({list(body)}))"
    script = f"{example('javascript')}\nconsole.log({call});"
    done = subprocess.run(
        ["node", "-e", script], capture_output=True, text=True, check=True
    )
    return {"true\n": True, "false\n": False}[done.stdout]


@pytest.fixture(params=[in_python, in_javascript])
def is_ours(request):
    return request.param


@pytest.fixture
def headers():
    secret, method, path = CALL
    return signed_headers(secret, method, path, "event-1", BODY, time.time())


def test_what_we_send_is_recognised(is_ours, headers):
    assert is_ours(*CALL, headers, BODY)


def test_a_changed_body_is_not(is_ours, headers):
    assert not is_ours(*CALL, headers, BODY + b" ")


def test_another_secret_is_not(is_ours, headers):
    assert not is_ours("other", *CALL[1:], headers, BODY)


def test_what_is_too_old_is_not(is_ours):
    secret, method, path = CALL
    old = signed_headers(secret, method, path, "event-1", BODY, time.time() - 400)
    assert not is_ours(*CALL, old, BODY)


def test_one_of_two_signatures_is_enough(is_ours, headers):
    headers["DMS-Signature"] = f"v1={'0' * 64}, {headers['DMS-Signature']}"
    assert is_ours(*CALL, headers, BODY)
