"""A tax platform that numbers fully digital motor invoices (数电票).

It knows cars by VIN, gives each invoice one number whatever its request is repeated,
lets one blue invoice stand per car, and takes it back by a red one. In another process
it is told over HTTP what it knows of a car::

    POST /_simulator/cars
    {"vin": "LZZ…", "fdjhm": "TZ200-77", "cpxh": "…", "is_known": true}
"""

import itertools
import json
from datetime import date
from decimal import Decimal
from typing import Any

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

VAT = Decimal("1.13")
CENT = Decimal("0.01")


class Refusal(Exception):
    """Answered with HTTP 200, a code and words, as the platform does."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


@register("digital_invoice")
class DigitalInvoice(Simulator):
    """:ivar cars: what the registry says of a VIN beside what it says of all
    :ivar unknown: VINs that no purchase of the store is known of
    :ivar invoices: number -> what was invoiced, red ones with ``lzfphm``
    """

    title = "Digital motor invoices"

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.cars: dict[str, dict] = {}
        self.unknown: set[str] = set()
        self.invoices: dict[str, dict] = {}
        self._by_serial: dict[str, str] = {}
        self._numbers = itertools.count(1)

    @property
    def actions(self) -> dict:
        """See ``control``."""
        return {("POST", "cars"): self._told}

    def _told(self, _simulator: Simulator, received: Received) -> Reply:
        car = json.loads(received.body)
        vin, is_known = car.pop("vin"), car.pop("is_known", True)
        self.cars[vin] = car
        (self.unknown.discard if is_known else self.unknown.add)(vin)
        return Reply(200, {"vin": vin})

    def accept(self, received: Received) -> tuple[Any, Reply]:
        asked = json.loads(received.body)
        path = received.path.rpartition("/")[2]
        acts = {"vehicle": self._vehicle, "issue": self._issue, "red": self._red}
        if path not in acts:
            return asked, Reply(404, {"code": "404", "message": "no such service"})
        try:
            data = acts[path](asked)
        except Refusal as refusal:
            return asked, Reply(200, {"code": refusal.code, "message": str(refusal)})
        return asked, Reply(200, {"code": "0", "message": "", "data": data})

    def _vehicle(self, asked: dict) -> dict:
        vin = asked.get("clsbdh", "")
        if vin in self.unknown:
            raise Refusal("1001", f"未查询到车辆识别代号 {vin} 的购进信息")
        return {"clsbdh": vin, "cd": "中国"} | self.cars.get(vin, {})

    def _issue(self, asked: dict) -> dict:
        known = self._by_serial.get(asked["fpqqlsh"])
        if known:
            return self._numbered(known)
        vin = asked["clsbdh"]
        if vin in self.unknown:
            raise Refusal("1001", f"未查询到车辆识别代号 {vin} 的购进信息")
        if standing := self._standing(vin):
            raise Refusal("1002", f"该车辆已开具发票 {standing}, 一车一票")
        gross, net = Decimal(asked["jshj"]), Decimal(asked["je"])
        if net + Decimal(asked["se"]) != gross or abs(gross / VAT - net) > CENT:
            raise Refusal("1003", "价税合计与不含税价、税额不符")
        return self._numbered(self._number(asked))

    def _red(self, asked: dict) -> dict:
        known = self._by_serial.get(asked["fpqqlsh"])
        if known:
            return self._numbered(known)
        blue = self.invoices.get(asked["lzfphm"])
        if blue is None:
            raise Refusal("2001", f"未查询到蓝字发票 {asked['lzfphm']}")
        if self._taken_back(asked["lzfphm"]):
            raise Refusal("2002", f"发票 {asked['lzfphm']} 已红冲")
        if Decimal(asked["jshj"]) != -Decimal(blue["jshj"]):
            raise Refusal("2003", "红字发票金额与蓝字发票不一致")
        return self._numbered(self._number(asked))

    def _standing(self, vin: str) -> str:
        found = (
            number
            for number, invoice in self.invoices.items()
            if invoice.get("clsbdh") == vin and not self._taken_back(number)
        )
        return next(found, "")

    def _taken_back(self, number: str) -> bool:
        return any(one.get("lzfphm") == number for one in self.invoices.values())

    def _number(self, asked: dict) -> str:
        number = f"26312000{next(self._numbers):012d}"
        self.invoices[number] = asked
        self._by_serial[asked["fpqqlsh"]] = number
        return number

    def _numbered(self, number: str) -> dict:
        return {"fphm": number, "kprq": date.today().isoformat()}
