"""Lists of cars have a history from their first day, and stay fast."""

import base64
import json
from contextlib import contextmanager
from datetime import datetime

from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import VehicleCommon, new_vin

STOCK = "车架号,车型编码,里程,进价,入库日期"
CUSTOMERS = "车架号,车主,电话,里程"
LOG_AND_EVENTS = 2
RULES = 1  # against fraud, which read the histories of all cars at once
VERBS = ("INTO", "FROM")


@tagged("post_install", "-at_install")
class TestEventImport(VehicleCommon):
    with_chart = True

    def prepare(self, kind, header, lines):
        content = "\n".join([header, *lines]).encode("gb18030")
        manager = self.in_store(self.store_a1, "sales_manager")
        return manager["dms.vehicle.import"].create(
            {"name": "a.csv", "kind": kind, "file": base64.b64encode(content)}
        )

    def load(self, kind, header, lines):
        record = self.prepare(kind, header, lines)
        record.action_start()
        self.assertFalse(record.problems)
        return record

    def events(self, *vins):
        domain = Domain("vin", "in", vins)
        return self.env["dms.vehicle.event"].search(domain, order="id")

    def test_opening_stock_was_received_on_its_day(self):
        vin = new_vin()
        record = self.load("stock", STOCK, [f"{vin},E5-W,12,100000,2026-01-02"])
        event = self.events(vin)
        self.assertRecordValues(
            event,
            [
                {
                    "code": "vehicle.received",
                    "at": datetime(2026, 1, 2),
                    "company_id": self.store_a1.id,
                    "odometer_km": 12,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            ],
        )
        self.assertIs(json.loads(event.body)["opening"], True)

    @freeze_time("2026-05-05 10:00:00")
    def test_opening_stock_without_a_day_was_received_now(self):
        vin = new_vin()
        self.load("stock", STOCK, [f"{vin},E5-W,,100000,"])
        self.assertEqual(self.events(vin).at, datetime(2026, 5, 5, 10))

    def test_a_customers_car_has_its_owner(self):
        vin = new_vin()
        record = self.load("customer", CUSTOMERS, [f"{vin},张伟,13800000001,30000"])
        event = self.events(vin)
        self.assertRecordValues(
            event,
            [
                {
                    "code": "vehicle.ownership",
                    "odometer_km": 30_000,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            ],
        )
        self.assertEqual(event.person, event.vehicle_id.owner_id._dms_pseudonym(vin))

    def test_a_customers_car_of_nobody_has_its_reading(self):
        known, unknown = new_vin(), new_vin()
        self.load("customer", CUSTOMERS, [f"{known},,,30000", f"{unknown},,,"])
        self.assertEqual(
            self.events(known, unknown).mapped("code"), ["vehicle.odometer"]
        )

    def test_a_list_once_more_tells_nothing_new(self):
        line = f"{new_vin()},张伟,13800000001,"
        self.load("customer", CUSTOMERS, [line])
        self.load("customer", CUSTOMERS, [line])
        self.assertEqual(len(self.events(line.split(",")[0])), 1)

    def test_a_row_that_is_refused_tells_nothing(self):
        vin = new_vin()
        record = self.prepare("stock", STOCK, [f"{vin},NO-SUCH,,1,"])
        record.action_start()
        self.assertEqual(record.rejected, 1)
        self.assertFalse(self.events(vin))

    # Cost

    def statements(self, *arguments):
        """Return those about log, events and pseudonyms that a list costs."""
        record = self.prepare(*arguments)
        with contextmanager(self._patchExecute)([]) as seen:
            record.action_start()
        tables = ("dms_log_entry", "dms_vehicle_event", "dms_pseudonym")
        return [
            query
            for query in seen
            if any(f"{verb} {name}" in query for verb in VERBS for name in tables)
        ]

    def test_opening_stock_costs_three_statements_however_long(self):
        for count in (1, 40):
            lines = [f"{new_vin()},E5-W,,{1000 + n}," for n in range(count)]
            told = self.statements("stock", STOCK, lines)
            self.assertEqual(len(told), LOG_AND_EVENTS + RULES)

    def test_customers_cars_cost_two_more_for_pseudonyms(self):
        for count in (1, 40):
            lines = [f"{new_vin()},张伟 {n},1380000{n:04d}," for n in range(count)]
            told = self.statements("customer", CUSTOMERS, lines)
            self.assertEqual(len(told), LOG_AND_EVENTS + 2)
