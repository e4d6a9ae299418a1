"""The tax platform: one number per request, one standing invoice per car."""

import json
import urllib.request

import pytest

from dms_simulator.digital_invoice import DigitalInvoice

VIN = "LZZAB3C29TB000018"
ASKED = {
    "fpqqlsh": "DMS1",
    "clsbdh": VIN,
    "jshj": "169500.00",
    "je": "150000.00",
    "se": "19500.00",
}


@pytest.fixture
def office():
    with DigitalInvoice() as running:
        yield running


def ask(office, path, content, key):
    request = urllib.request.Request(
        f"{office.url}/{path}", json.dumps(content).encode(), {"Idempotency-Key": key}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_a_car_is_known_by_its_vin(office):
    answer = ask(office, "vehicle", {"clsbdh": VIN}, "a")
    assert (answer["code"], answer["data"]["clsbdh"]) == ("0", VIN)


def test_a_car_the_store_has_not_bought_is_unknown(office):
    office.unknown.add(VIN)
    assert ask(office, "vehicle", {"clsbdh": VIN}, "a")["code"] == "1001"


def test_the_same_request_has_the_same_number(office):
    one = ask(office, "issue", ASKED, "a")
    other = ask(office, "issue", ASKED, "b")
    assert one == other
    assert len(one["data"]["fphm"]) == 20


def test_a_car_has_one_standing_invoice(office):
    blue = ask(office, "issue", ASKED, "a")["data"]["fphm"]
    again = ASKED | {"fpqqlsh": "DMS2"}
    assert ask(office, "issue", again, "b")["code"] == "1002"
    red = {"fpqqlsh": "DMS3", "lzfphm": blue, "jshj": "-169500.00"}
    assert ask(office, "red", red, "c")["code"] == "0"
    assert ask(office, "issue", again, "d")["code"] == "0"


def test_a_red_invoice_mirrors_the_blue_one(office):
    blue = ask(office, "issue", ASKED, "a")["data"]["fphm"]
    red = {"fpqqlsh": "DMS3", "lzfphm": blue, "jshj": "-1.00"}
    assert ask(office, "red", red, "b")["code"] == "2003"


def test_amounts_that_do_not_fit_are_refused(office):
    assert ask(office, "issue", ASKED | {"je": "1.00"}, "a")["code"] == "1003"


def test_it_is_told_over_http_what_it_knows(office):
    told = {"vin": VIN, "fdjhm": "TZ1"}
    ask(office, "_simulator/cars", told, "a")
    assert ask(office, "vehicle", {"clsbdh": VIN}, "b")["data"]["fdjhm"] == "TZ1"
