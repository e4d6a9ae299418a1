"""Lists of cars taken in as a job: stock with its cost, and customers' cars."""

import base64
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tabular import read_rows, write_xlsx

from ..models import dms_vehicle_import
from ..models.import_batch import StockBatch
from .common import VehicleCommon, new_vin

REASON = "Not this one."
HEADER = "车架号,车型编码,发动机号,车牌号,里程,进价,入库日期"


@tagged("post_install", "-at_install")
class TestImport(VehicleCommon):
    with_chart = True

    def load(self, lines, kind="stock", header=HEADER, start=True, **values):
        content = "\n".join([header, *lines]).encode("gb18030")
        manager = self.in_store(self.store_a1, "sales_manager")
        record = manager["dms.vehicle.import"].create(
            {
                "name": "期初库存.csv",
                "kind": kind,
                "file": base64.b64encode(content),
                **values,
            }
        )
        if start:
            record.action_start()
        return record

    def cars(self, vins):
        return self.env["dms.vehicle"].search([("vin", "in", vins)], order="id")

    def stock_lines(self, count, cost=100_000):
        vins = [new_vin() for _n in range(count)]
        return vins, [f"{v},E5-W,,,,{cost + n}," for n, v in enumerate(vins)]

    # Opening stock

    def test_stock_stands_in_the_warehouse_with_all_details(self):
        vin = new_vin()
        record = self.load([f"{vin},E5-W,TZ1,沪A·12345,12,142000.50,2026-01-02"])
        self.assertRecordValues(
            record,
            [{"state": "done", "accepted": 1, "rejected": 0, "progress": 100.0}],
        )
        car = self.cars([vin])
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_stock",
                    "company_id": self.store_a1.id,
                    "product_id": self.white.id,
                    "location_id": record.location_id.id,
                    "engine_number": "TZ1",
                    "plate": "沪A12345",
                    "odometer_km": 12,
                    "received_date": date(2026, 1, 2),
                }
            ],
        )
        self.assertEqual(car.lot_id.name, vin)

    def test_each_car_keeps_its_own_cost(self):
        vins, lines = self.stock_lines(3)
        self.load(lines)
        costs = [car._dms_cost() for car in self.cars(vins)]
        self.assertEqual(costs, [100_000, 100_001, 100_002])

    def test_the_stock_is_worth_what_its_cars_cost(self):
        _vins, lines = self.stock_lines(4)
        self.load(lines)
        product = self.white.with_company(self.store_a1)
        self.assertEqual(product.total_value, 400_006)
        self.assertEqual(product.standard_price, 100_001.5)
        self.assertEqual(product.qty_available, 4)

    def test_values_are_those_that_odoo_computes_by_itself(self):
        vins, lines = self.stock_lines(3)
        self.load([*lines, f"{new_vin()},E5-W,,,,100000,"])
        lots = self.cars(vins).lot_id.with_company(self.store_a1)
        for lot in lots:
            self.assertEqual(lot.product_id._run_avco(lot=lot)[0], lot.standard_price)
        before = lots.mapped("standard_price")
        lots._update_standard_price()
        self.assertEqual(lots.mapped("standard_price"), before)

    def test_the_cost_ends_in_the_books(self):
        """Odoo's closing of the stock valuation posts what the cars cost."""
        vins, lines = self.stock_lines(2)
        account = self.white.with_company(self.store_a1)._get_product_accounts()[
            "stock_valuation"
        ]
        before = self._balance(account)
        self.load(lines)
        closing = self.store_a1.with_env(self.in_store(self.store_a1))
        closing.action_close_stock_valuation(auto_post=True)
        self.assertEqual(self._balance(account) - before, 200_001)
        sale = self.sell(self.cars(vins)[1].with_env(self.in_store(self.store_a1)))
        invoice = sale._create_invoices()
        invoice.action_post()
        cogs = invoice.line_ids.filtered(lambda line: line.display_type == "cogs")
        self.assertEqual(sorted(cogs.mapped("balance")), [-100_001, 100_001])

    def test_a_counterpart_account_gets_the_entry_at_once(self):
        store = self.in_store(self.store_a1)
        location = self.white.with_company(self.store_a1).property_stock_inventory
        equity = store["account.account"].search(
            [("account_type", "=", "equity")], limit=1
        ) or store["account.account"].create(
            {"name": "Opening", "code": "OPEN", "account_type": "equity"}
        )
        location.valuation_account_id = equity
        _vins, lines = self.stock_lines(2)
        self.load(lines)
        self.assertEqual(self._balance(equity), -200_001)

    def _balance(self, account):
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", self.store_a1.id),
                ("parent_state", "=", "posted"),
            ]
        )
        return sum(lines.mapped("balance"))

    def test_an_imported_car_is_sold_like_any_other(self):
        vins, lines = self.stock_lines(2)
        self.load(lines)
        car = self.cars(vins)[1].with_env(self.in_store(self.store_a1))
        sale = self.sell(car)
        self.assertEqual(sale.picking_ids.move_line_ids.lot_id, car.lot_id)
        sale.picking_ids.button_validate()
        self.assertEqual(car.state, "delivered")
        self.assertEqual(sale.picking_ids.move_ids.value, 100_001)

    def test_a_car_that_its_customer_gave_back_comes_into_stock(self):
        car = self.receive(self.store_a1)
        self.sell(car).picking_ids.button_validate()
        record = self.load([f"{car.vin},E5-W,,,,90000,"])
        self.assertEqual((record.accepted, record.rejected), (1, 0), record.problems)
        self.assertEqual(car.state, "in_stock")
        self.assertEqual(car._dms_cost(), 90_000)

    # Rows that cannot be used

    def test_bad_rows_come_back_as_a_file(self):
        good, unknown, bare = new_vin(), new_vin(), new_vin()
        record = self.load(
            [
                f"{good},E5-W,,,,1,",
                "LSVAA,E5-W,,,,1,",
                f"{unknown},X9,,,,1,",
                f"{bare},,,,,1,",
                f"{new_vin()},E5-W,,,-5,1,",
                f"{new_vin()},E5-W,,,,viel,",
            ]
        )
        self.assertEqual((record.accepted, record.rejected), (1, 5))
        self.assertEqual(record.rejected_filename, "期初库存 rejected.xlsx")
        rows = [
            tuple(row.cells.values())
            for row in read_rows("x.xlsx", base64.b64decode(record.rejected_file))
        ]
        self.assertEqual([row[0] for row in rows], ["3", "4", "5", "6", "7"])
        self.assertEqual(
            rows[1][1:],
            (
                unknown,
                "Model code X9 is unknown: correct it, or enter the model first.",
            ),
        )
        self.assertEqual(rows[2][1:], (bare, "The model code is missing."))
        self.assertIn("odometer “-5”", rows[3][2])
        self.assertIn("cost “viel”", rows[4][2])

    def test_a_second_run_does_nothing_twice(self):
        vins, lines = self.stock_lines(3)
        self.load(lines)
        record = self.load(lines)
        self.assertRecordValues(
            record, [{"accepted": 0, "unchanged": 3, "rejected": 0}]
        )
        self.assertEqual(self.white.with_company(self.store_a1).qty_available, 3)

    def test_a_car_of_another_store_is_refused_with_the_holder(self):
        car = self.receive(self.store_a2)
        record = self.load([f"{car.vin},E5-W,,,,1,"])
        self.assertIn("Test store A2 holds it", record.problems[0][2])

    def test_a_car_on_its_way_is_not_opening_stock(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        record = self.load([f"{car.vin},E5-W,,,,1,"])
        self.assertIn("In Transit", record.problems[0][2])

    def test_a_row_that_only_the_database_refuses_does_not_stop_the_others(self):
        vins, lines = self.stock_lines(5)
        details = StockBatch._details

        def refuse_one(batch, row):
            if row.vin == vins[3]:
                raise UserError(REASON)
            return details(batch, row)

        with patch.object(StockBatch, "_details", refuse_one):
            record = self.load(lines)
        self.assertRecordValues(record, [{"accepted": 4, "rejected": 1}])
        self.assertEqual(record.problems, [[5, vins[3], REASON]])
        self.assertEqual(len(self.cars(vins)), 4)

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_files_that_are_no_lists_of_cars(self):
        for name, content, reason in (
            ("a.csv", b"", "file is empty"),
            ("a.csv", b"vin\n", "no rows below"),
            ("a.csv", b"colour\nwhite\n", "No column is named VIN"),
            ("a.xlsx", b"PK\x03\x04...", "damaged"),
            ("a.xls", b"\xd0\xcf", "CSV or XLSX"),
        ):
            record = self.load([], start=False)
            record.write({"name": name, "file": base64.b64encode(content)})
            with self.assertRaisesRegex(UserError, reason):
                record.action_start()
            self.assertEqual(record.state, "draft")

    def test_xlsx(self):
        vin = new_vin()
        record = self.load([], start=False)
        cells = [(vin, "E5-W", 142_000.5, "2026-01-02")]
        content = write_xlsx(("VIN", "车型编码", "进价（元）", "入库日期"), cells)
        record.write({"name": "cars.xlsx", "file": base64.b64encode(content)})
        record.action_start()
        self.assertEqual(self.cars([vin])._dms_cost(), 142_000.5)

    # Customers' cars

    def test_customers_cars_come_with_their_owners(self):
        first, second, third = (new_vin() for _n in range(3))
        record = self.load(
            [
                f"{first},沪A12345,张伟,13800000001,E5-W",
                f"{second},沪A12346,张伟,13800000001,",
                f"{third},,,,",
            ],
            kind="customer",
            header="车架号,车牌,车主,电话,车型编码",
        )
        self.assertEqual((record.accepted, record.rejected), (3, 0), record.problems)
        cars = self.cars([first, second, third])
        self.assertEqual(cars.mapped("state"), ["external"] * 3)
        self.assertEqual(len(cars.owner_id), 1, "one person, two cars")
        self.assertEqual(cars.owner_id.phone, "13800000001")
        self.assertEqual(cars.owner_id.dms_vehicle_count, 2)
        self.assertEqual(cars[0].product_id, self.white)

    def test_known_owners_are_not_created_again(self):
        self.customer.phone = "13900001234"
        vin = new_vin()
        self.load([f"{vin},李娜,13900001234"], "customer", "vin,owner,phone")
        self.assertEqual(self.cars([vin]).owner_id, self.customer)

    def test_customers_cars_run_twice(self):
        lines = [f"{new_vin()},李娜"]
        self.load(lines, "customer", "vin,owner")
        record = self.load(lines, "customer", "vin,owner")
        self.assertRecordValues(
            record, [{"accepted": 0, "unchanged": 1, "rejected": 0}]
        )

    # The job

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("dms_vehicle.ir_cron_vehicle_import").method_direct_trigger()

    def big(self, count=7, batch=3):
        """An import that is not done at once; batches of ``batch`` rows."""
        for name, value in (("AT_ONCE", 1), ("BATCH", batch)):
            self.patch(dms_vehicle_import, name, value)
        defaults = dms_vehicle_import.DmsVehicleImport._work_batch.__defaults__
        self.assertFalse(defaults, "the size of a batch is read when it runs")
        vins, lines = self.stock_lines(count)
        return vins, self.load(lines)

    def test_a_big_file_waits_for_the_job(self):
        vins, record = self.big()
        self.assertRecordValues(
            record, [{"state": "running", "total": 7, "position": 0, "progress": 0.0}]
        )
        self.assertFalse(self.cars(vins))
        self.run_cron()
        self.assertRecordValues(
            record,
            [{"state": "done", "position": 7, "accepted": 7, "progress": 100.0}],
        )
        self.assertEqual(set(self.cars(vins).mapped("company_id")), {self.store_a1})

    def test_progress_is_seen_while_it_runs(self):
        _vins, record = self.big()
        record._work_batch(record._rows())
        self.assertRecordValues(record, [{"state": "running", "position": 3}])
        self.assertAlmostEqual(record.progress, 42.86, 1)

    @mute_logger("odoo.addons.dms_vehicle.models.dms_vehicle_import")
    def test_a_failure_keeps_earlier_batches_and_tells_why(self):
        vins, record = self.big()
        take_in = StockBatch._take_in

        def fail_later(batch, cars):
            if cars[0].vin == vins[3]:
                raise RuntimeError("Disk is full")
            return take_in(batch, cars)

        with patch.object(StockBatch, "_take_in", fail_later):
            self.run_cron()
        self.assertRecordValues(
            record, [{"state": "stopped", "position": 3, "accepted": 3}]
        )
        self.assertEqual(len(self.cars(vins)), 3)
        self.assertIn("Disk is full", "".join(record.message_ids.mapped("body")))
        record.action_continue()
        self.run_cron()
        self.assertRecordValues(record, [{"state": "done", "accepted": 7}])

    def test_showing_the_cars_stays_in_the_store(self):
        _vins, record = self.big()
        domain = record.action_view_vehicles()["domain"]
        self.assertEqual(domain, [("company_id", "=", self.store_a1.id)])
