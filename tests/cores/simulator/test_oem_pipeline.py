"""The maker that builds what is ordered: numbers, VINs, signed reports."""

import json
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from odoo.addons.dms_vehicle.vin import decode

from dms_simulator.checks import Hmac, Refused
from dms_simulator.ledger import Received
from dms_simulator.oem_pipeline import OemPipeline

ORDER = {
    "order": "P00012",
    "lines": [
        {"line": 1, "product_code": "E5-W", "quantity": 2},
        {"line": 2, "product_code": "E5-B", "quantity": 1},
    ],
}


@pytest.fixture
def maker():
    with OemPipeline() as running:
        yield running


@pytest.fixture
def hook():
    """A hook that keeps what it gets."""

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got = Received("POST", self.path, dict(self.headers), body)
            self.server.got.append(got)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "done"}')

        def log_message(self, *args):
            """Be silent."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.got = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def send(url, content, key="k-1"):
    body = json.dumps(content).encode()
    request = urllib.request.Request(url, body, {"Idempotency-Key": key})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def order(maker, **more):
    return send(maker.url, {"kind": "oem.order", "data": ORDER | more})


def test_each_line_gets_a_number_once(maker):
    assert order(maker) == {"numbers": ["OEM-000001", "OEM-000002"]}
    assert order(maker) == {"numbers": ["OEM-000001", "OEM-000002"]}
    assert len(maker.ledger.effects) == 1


def test_lines_are_reported_until_cars_have_vins(maker):
    order(maker)
    rows = maker.rows("P00012", "scheduled", eta="2026-12-20")
    assert [(row["line"], row["eta"]) for row in rows] == [
        (1, "2026-12-20"),
        (2, "2026-12-20"),
    ]
    assert not any("vin" in row for row in rows)


def test_built_cars_have_vins_of_their_own_that_stay(maker):
    order(maker)
    built, shipped = (maker.rows("P00012", status) for status in ("built", "shipped"))
    vins = [row["vin"] for row in built]
    assert vins == [row["vin"] for row in shipped]
    assert len(set(vins)) == 3
    assert all(decode(vin).valid for vin in vins)


def test_a_cancelled_order_is_forgotten(maker):
    order(maker)
    send(maker.url, {"kind": "oem.order.cancelled", "data": ORDER}, "k-2")
    assert not maker.orders


def test_reports_are_signed(maker, hook):
    url = f"http://127.0.0.1:{hook.server_port}/dms/hook/x?a=1"
    answer = maker.report(url, "secret", [{"status": "built"}], "r-1")
    assert answer == {"status": "done", "http": 200}
    (got,) = hook.got
    Hmac("secret").check(got)
    with pytest.raises(Refused):
        Hmac("other").check(got)
    assert got.header("Idempotency-Key") == "r-1"
    assert json.loads(got.body)["data"] == {"rows": [{"status": "built"}]}


def test_it_is_told_over_http_what_to_report(maker, hook):
    order(maker)
    wish = {
        "hook": f"http://127.0.0.1:{hook.server_port}/dms/hook/x",
        "secret": "s",
        "order": "P00012",
        "status": "shipped",
    }
    answer = send(f"{maker.url}/_simulator/report", wish)
    assert answer["status"] == "done"
    rows = json.loads(hook.got[0].body)["data"]["rows"]
    assert [row["status"] for row in rows] == ["shipped"] * 3
