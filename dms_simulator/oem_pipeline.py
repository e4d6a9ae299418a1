"""A maker that takes orders, builds cars, and reports about them to the dealer's hook.

Orders come in as ``oem.order`` in the format of ``http_json``. Reports go out signed as
docs/connectors.md says, written after that page, not after our own sender. In another
process it is told by HTTP what to report::

    POST /_simulator/report
    {"hook": "http://…/dms/hook/TOKEN", "secret": "…", "order": "P00012",
     "status": "built", "eta": "2026-12-20", "at": "2026-11-30T08:00:00Z"}
"""

import hashlib
import hmac
import itertools
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timezone
from typing import Any

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

WITH_VIN = ("built", "shipped")
LETTERS = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True)
)
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


@register("oem_pipeline")
class OemPipeline(Simulator):
    """:ivar orders: the last content of each order by its name"""

    title = "OEM orders and build status"

    def __init__(self, *args: Any, plant: str = "LZZAB3C2", **options: Any):
        super().__init__(*args, **options)
        self.orders: dict[str, dict] = {}
        self.numbers: dict[tuple[str, int], str] = {}
        self.vins: dict[tuple[str, int], list[str]] = {}
        self._plant = plant
        self._serials = itertools.count(1)

    @property
    def actions(self) -> dict:
        """See ``control``."""
        return {("POST", "report"): self._told}

    def accept(self, received: Received) -> tuple[Any, Reply]:
        message = json.loads(received.body)
        order = message.get("data") or {}
        if message.get("kind") == "oem.order.cancelled":
            self.orders.pop(order["order"], None)
            return message, Reply(200, {"cancelled": order["order"]})
        if message.get("kind") != "oem.order" or not order.get("lines"):
            return message, Reply(422, {"error": "that is no order"})
        self.orders[order["order"]] = order
        numbers = [self._number(order["order"], line) for line in order["lines"]]
        return message, Reply(200, {"numbers": numbers})

    def _number(self, name: str, line: dict) -> str:
        place = name, line["line"]
        number = self.numbers.setdefault(place, f"OEM-{len(self.numbers) + 1:06}")
        cars = self.vins.setdefault(place, [])
        cars += [self._vin() for _n in range(line["quantity"] - len(cars))]
        return number

    def _vin(self) -> str:
        digits = f"{self._plant}0TS{next(self._serials):06}"
        values = (LETTERS.get(c) or int(c) for c in digits)
        rest = sum(v * w for v, w in zip(values, WEIGHTS, strict=True)) % 11
        return f"{digits[:8]}{'X' if rest == 10 else rest}{digits[9:]}"

    # Reports

    def rows(self, name: str, status: str, **more: Any) -> list[dict]:
        """:return: one report per line, or per car once cars have VINs"""
        row = {"order": name, "status": status, "at": _now()} | more
        lines = self.orders[name]["lines"]
        return [
            row
            | {"reference": f"{name}/{line['line']}/{status}/{vin}/{row['at']}"}
            | car
            for line in lines
            for vin in self._vins(name, line, status)
            for car in [self._car(name, line, vin)]
        ]

    def _vins(self, name: str, line: dict, status: str) -> list[str]:
        return self.vins[name, line["line"]] if status in WITH_VIN else [""]

    def _car(self, name: str, line: dict, vin: str) -> dict:
        place = {"line": line["line"], "oem_number": self.numbers[name, line["line"]]}
        return place | ({"vin": vin} if vin else {})

    def report(self, hook: str, secret: str, rows: list, key: str = "") -> dict:
        """Send reports to a hook.

        :param key: the same again is a repetition
        :return: what the hook answered, with its ``http`` status
        """
        message = {"kind": "oem.report", "data": {"rows": rows}}
        body = json.dumps(message, ensure_ascii=False).encode()
        headers = _signed(hook, secret, body, key or str(uuid.uuid4()))
        request = urllib.request.Request(hook, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer) | {"http": answer.status}
        except urllib.error.HTTPError as error:
            return json.loads(error.read() or b"{}") | {"http": error.code}

    def _told(self, _simulator: Simulator, received: Received) -> Reply:
        wish = json.loads(received.body)
        hook, secret = wish.pop("hook"), wish.pop("secret")
        name, status = wish.pop("order"), wish.pop("status")
        if name not in self.orders:
            return Reply(404, {"error": f"no order {name}"})
        return Reply(200, self.report(hook, secret, self.rows(name, status, **wish)))


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed(url: str, secret: str, body: bytes, key: str) -> dict[str, str]:
    parts = urllib.parse.urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    stamp, nonce = str(int(time.time())), uuid.uuid4().hex
    digest = hashlib.sha256(body).hexdigest()
    text = "\n".join(["DMS-HMAC-SHA256", "POST", path, stamp, nonce, key, digest])
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "DMS-Timestamp": stamp,
        "DMS-Nonce": nonce,
        "Idempotency-Key": key,
        "DMS-Signature": f"v1={signature}",
    }
