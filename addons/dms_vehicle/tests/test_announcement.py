"""Shipping notices: good rows go in, bad rows come back, a repeat changes nothing."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.dms_base.tabular import read_rows, write_xlsx

from ..vin import with_check_digit
from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestAnnouncement(VehicleCommon):
    def setUp(self):
        super().setUp()
        self.two = self.order(self.store_a1, 2)
        self.receipt = self.two.picking_ids

    def push(self, *rows, order=None):
        order = order or self.two
        return order.dms_push_asn(order.name, list(rows))

    def reasons(self, result):
        return [problem["reason"] for problem in result["rejected"]]

    def car(self, vin):
        return self.env["dms.vehicle"].search([("vin", "=", vin)])

    # Rows

    def test_good_row_becomes_a_car_on_the_receipt(self):
        vin = new_vin()
        result = self.push(
            {
                "vin": vin.lower(),
                "product_code": "E5-W",
                "engine_number": "TZ220-881",
                "shipped_date": "2026-03-01",
                "expected_date": "2026/3/5",
            }
        )
        self.assertEqual(result, {"accepted": 1, "unchanged": 0, "rejected": []})
        self.assertRecordValues(
            self.car(vin),
            [
                {
                    "state": "in_transit",
                    "product_id": self.white.id,
                    "engine_number": "TZ220-881",
                    "shipped_date": date(2026, 3, 1),
                    "expected_date": date(2026, 3, 5),
                    "purchase_line_id": self.two.order_line.id,
                }
            ],
        )
        self.assertEqual(
            self.receipt.move_line_ids.filtered("lot_name").mapped("lot_name"), [vin]
        )

    # Allocations

    def promise(self, reference, product=None, store=None, **vals):
        return self.env["dms.allocation"].create(
            {
                "reference": reference,
                "company_id": (store or self.store_a1).id,
                "product_id": (product or self.white).id,
                "period": "2099-01-01",
                "valid_until": "2099-01-31",
                **vals,
            }
        )

    def test_a_row_may_name_its_allocation(self):
        promise, vin = self.promise("ASN-1"), new_vin()
        result = self.push({"vin": vin, "allocation": "ASN-1"})
        self.assertEqual(result["accepted"], 1)
        self.assertEqual(promise.vehicle_id, self.car(vin))
        self.assertEqual(promise.state, "used")

    def test_the_same_allocation_once_more_changes_nothing(self):
        promise, vin = self.promise("ASN-1"), new_vin()
        for answer in ({"accepted": 1}, {"unchanged": 1}):
            result = self.push({"vin": vin, "配额号": "ASN-1"})
            self.assertEqual(result | answer, result)
        self.assertEqual(promise.vehicle_id, self.car(vin))

    def test_allocations_that_do_not_fit_are_refused_and_good_rows_go_in(self):
        self.promise("BLACK", self.black)
        self.promise("ELSEWHERE", store=self.store_a2)
        good = new_vin()
        result = self.push(
            {"vin": new_vin(), "allocation": "NONE"},
            {"vin": new_vin(), "allocation": "ELSEWHERE"},
            {"vin": new_vin(), "allocation": "BLACK"},
            {"vin": good},
        )
        none, elsewhere, other = self.reasons(result)
        self.assertIn("no allocation NONE", none)
        self.assertIn("no allocation ELSEWHERE", elsewhere)
        self.assertIn("variant and colour must match", other)
        self.assertTrue(self.car(good))

    def test_one_allocation_is_one_car(self):
        promise, first, second = self.promise("ASN-1"), new_vin(), new_vin()
        rows = [{"vin": vin, "allocation": "ASN-1"} for vin in (first, second)]
        self.assertIn("listed twice", *self.reasons(self.push(*rows)))
        self.assertIn("has the car", *self.reasons(self.push(rows[1])))
        self.assertEqual(promise.vehicle_id, self.car(first))

    def test_one_car_is_one_allocation(self):
        vin = new_vin()
        reports = self.two.env["dms.oem.report"]
        for reference in ("ONE", "TWO"):
            self.promise(reference)
        built = {"order": self.two.name, "vin": vin, "status": "built"}
        reports.dms_push_reports(
            [built | {"at": "2026-03-01T00:00:00Z", "allocation": "ONE"}]
        )
        result = self.push({"vin": vin, "allocation": "TWO"})
        self.assertIn("belongs to allocation ONE", *self.reasons(result))
        self.assertEqual(self.push({"vin": vin, "allocation": "ONE"})["accepted"], 1)

    def test_headers_may_be_chinese(self):
        vin = new_vin()
        self.push({"车架号": vin, "车型编码": "E5-W", "发动机号": "M1"})
        self.assertEqual(self.car(vin).engine_number, "M1")

    def test_bad_rows_come_back_and_good_ones_go_in(self):
        good, unknown = new_vin(), new_vin()
        result = self.push(
            {"vin": "LSVAA"},
            {"vin": good},
            {"vin": unknown, "product_code": "X9"},
            {"vin": ""},
            {"vin": good},
            {"vin": new_vin(), "expected_date": "soon"},
        )
        self.assertEqual((result["accepted"], len(result["rejected"])), (1, 5))
        self.assertEqual([p["row"] for p in result["rejected"]], [1, 3, 4, 5, 6])
        self.assertEqual(result["rejected"][1]["vin"], unknown)
        short, model, missing, twice, day = self.reasons(result)
        self.assertIn("17 characters", short)
        self.assertIn("Model code X9 is unknown", model)
        self.assertIn("VIN is missing", missing)
        self.assertIn("listed twice", twice)
        self.assertIn("expected arrival “soon”", day)

    def test_more_cars_than_ordered(self):
        result = self.push(*({"vin": new_vin()} for _n in range(3)))
        self.assertEqual(result["accepted"], 2)
        self.assertEqual(
            self.reasons(result), ["The order has no open line for this model."]
        )

    def test_a_model_that_was_not_ordered(self):
        result = self.push({"vin": new_vin(), "product_code": "E5-B"})
        self.assertIn("no open line for this model", self.reasons(result)[0])

    def test_without_a_model_code_only_an_order_of_one_model_is_clear(self):
        line = {"product_id": self.black.id, "product_qty": 1, "price_unit": 1}
        self.two.write({"order_line": [(0, 0, line)]})
        result = self.push({"vin": new_vin()})
        self.assertIn("no open line", self.reasons(result)[0])
        vin = new_vin()
        self.push({"vin": vin, "product_code": "E5-B"})
        self.assertEqual(self.car(vin).product_id, self.black)

    def test_what_is_no_row_comes_back(self):
        result = self.push("LFV", 7, None)
        self.assertEqual(len(result["rejected"]), 3)
        with self.assertRaisesRegex(UserError, "must be a list"):
            self.two.dms_push_asn(self.two.name, {"vin": new_vin()})

    # Repeats

    def test_a_notice_sent_twice_changes_nothing(self):
        rows = [{"vin": new_vin(), "engine_number": "A"}, {"vin": new_vin()}]
        self.push(*rows)
        lines = self.receipt.move_line_ids.mapped("lot_name")
        result = self.push(*rows)
        self.assertEqual(result, {"accepted": 0, "unchanged": 2, "rejected": []})
        self.assertEqual(self.receipt.move_line_ids.mapped("lot_name"), lines)

    def test_a_notice_sent_again_after_the_receipt_changes_nothing(self):
        row = {"vin": new_vin()}
        self.push(row, {"vin": new_vin()})
        self.receipt.button_validate()
        self.assertEqual(
            self.push(row), {"accepted": 0, "unchanged": 1, "rejected": []}
        )

    def test_cars_that_come_later_go_on_the_back_order(self):
        first, second = new_vin(), new_vin()
        self.push({"vin": first})
        line = self.receipt.move_line_ids.filtered(lambda one: not one.lot_name)
        line.unlink()
        self.receipt.with_context(skip_backorder=True).button_validate()
        self.assertEqual(self.push({"vin": second})["accepted"], 1)
        later = self.two.picking_ids - self.receipt
        self.assertEqual(later.move_line_ids.mapped("lot_name"), [second])

    # Held elsewhere

    def test_a_car_in_another_store_is_refused_with_the_holder(self):
        car = self.receive(self.store_a2)
        result = self.push({"vin": car.vin})
        self.assertIn(
            "store Test store A2 holds it (In Stock)", self.reasons(result)[0]
        )

    def test_a_car_on_its_way_to_another_store_is_refused(self):
        (car,) = self.announce(self.order(self.store_a2), new_vin())
        result = self.push({"vin": car.vin})
        self.assertIn("(In Transit)", self.reasons(result)[0])

    def test_receiving_a_car_that_stands_in_another_store_is_refused(self):
        car = self.receive(self.store_a2)
        self.receipt.move_line_ids[0].lot_name = f" {car.vin.lower()} "
        self.receipt.move_line_ids[1].lot_name = new_vin()
        with self.assertRaisesRegex(UserError, "store Test store A2 holds it"):
            self.receipt.button_validate()
        self.assertEqual(car.company_id, self.store_a2)

    def test_a_car_that_comes_back_as_another_model_is_refused(self):
        order = self.order(self.store_a2, product=self.black)
        car = self.announce(order, new_vin())
        order.button_cancel()
        result = self.push({"vin": car.vin})
        self.assertIn("is a [E5-B] Model E5-B, not a [E5-W]", self.reasons(result)[0])

    # Orders

    def test_unknown_and_unconfirmed_orders(self):
        with self.assertRaisesRegex(UserError, "no purchase order P0"):
            self.two.dms_push_asn("P0", [])
        draft = self.two.copy()
        with self.assertRaisesRegex(UserError, "not confirmed"):
            self.push({"vin": new_vin()}, order=draft)

    def test_two_stores_with_one_order_number(self):
        twin = self.order(self.store_a2)
        twin.name = self.two.name
        both = self.env["purchase.order"].with_context(
            allowed_company_ids=(self.store_a1 | self.store_a2).ids
        )
        row = {"vin": new_vin()}
        with self.assertRaisesRegex(UserError, "Test store A1.*send the store code"):
            both.dms_push_asn(twin.name, [row])
        both.dms_push_asn(twin.name, [row], store_code="A2")
        self.assertEqual(self.car(row["vin"]).company_id, self.store_a2)

    def test_the_order_of_another_store_is_unknown(self):
        manager = self.in_store(self.store_a2, "sales_manager")
        with self.assertRaisesRegex(UserError, "no purchase order"):
            manager["purchase.order"].dms_push_asn(self.two.name, [])

    def test_only_who_may_receive_may_announce(self):
        consultant = self.in_store(self.store_a1, "sales_consultant")
        with self.assertRaises(AccessError):
            self.receipt.with_env(consultant).dms_announce([{"vin": new_vin()}])

    def test_a_delivery_is_no_receipt(self):
        sale = self.sell(self.receive(self.store_a1))
        with self.assertRaisesRegex(UserError, "not an open receipt"):
            sale.picking_ids.dms_announce([{"vin": new_vin()}])

    # The wizard

    def wizard(self, **values):
        manager = self.in_store(self.store_a1, "sales_manager")
        action = self.two.with_env(manager).action_dms_receive()
        wizards = manager["dms.vehicle.receive"].with_context(**action["context"])
        return wizards.create(values)

    def upload(self, content, name="发运单.csv"):
        wizard = self.wizard(file=base64.b64encode(content), filename=name)
        wizard.action_apply()
        return wizard

    def test_typed_and_scanned_vins(self):
        first, second = new_vin(), new_vin()
        wizard = self.wizard(
            text=f"{first} E5-W\n\n{second[:3]} {second[3:11]} {second[11:]}\tE5-W\n"
        )
        action = wizard.action_apply()
        self.assertEqual((action["res_id"], action["target"]), (wizard.id, "new"))
        self.assertRecordValues(
            wizard, [{"accepted": 2, "rejected": 0, "is_done": True, "text": ""}]
        )
        self.assertTrue(self.car(first) and self.car(second))

    def test_bad_lines_stay_for_correction(self):
        wizard = self.wizard(text=f"{new_vin()}\nLSVAA E5-W\n{new_vin()} X9")
        wizard.action_apply()
        self.assertEqual((wizard.accepted, wizard.rejected), (1, 2))
        self.assertEqual(wizard.text.splitlines()[0], "LSVAA E5-W")
        self.assertTrue(wizard.problems.startswith("2: VIN LSVAA: a VIN has 17"))

    def test_nothing_entered(self):
        with self.assertRaisesRegex(UserError, "at least one VIN"):
            self.wizard(text=" \n").action_apply()

    def test_csv_in_both_usual_encodings(self):
        for encoding in ("gb18030", "utf-8", "utf-8-sig"):
            order = self.two = self.order(self.store_a1)
            content = f"车架号,车型编码\n{new_vin()},E5-W\n".encode(encoding)
            self.assertEqual(self.upload(content).accepted, 1, encoding)
            self.assertTrue(order.picking_ids.move_line_ids.lot_name)

    def test_xlsx(self):
        content = write_xlsx(("VIN", "车型编码"), [(new_vin(), "E5-W")])
        self.assertEqual(self.upload(content, "asn.xlsx").accepted, 1)

    def test_the_file_of_rejected_rows_says_row_vin_and_reason(self):
        bad = with_check_digit("LZZAB3C20TA000017")[:-1]
        content = f"vin,product_code\n{new_vin()},E5-W\n\n{bad},E5-W\n".encode()
        wizard = self.upload(content)
        name = wizard.rejected_filename
        self.assertEqual(name, "rejected.xlsx")
        rows = list(read_rows(name, base64.b64decode(wizard.rejected_file)))
        self.assertEqual(len(rows), 1)
        number, vin, reason = rows[0].cells.values()
        self.assertEqual((number, vin), ("4", bad), "numbered as the file counts")
        self.assertIn("this one has only 16", reason)

    def assertFileRefused(self, content, reason, name="cars.csv"):
        with self.assertRaisesRegex(UserError, reason):
            self.upload(content, name)

    def test_files_that_are_no_tables(self):
        self.assertFileRefused(b"\n\n", "file is empty")
        self.assertFileRefused(b"PK\x03\x04 broken", "damaged", "cars.xlsx")
        self.assertFileRefused(b"%PDF-1.7", "CSV or XLSX", "cars.pdf")
        self.assertFileRefused(b"\xff\xfe\xff", "neither UTF-8")

    def test_a_file_without_a_vin_column_is_refused_as_a_whole(self):
        content = f"编号,颜色\n{new_vin()},白\n".encode()
        self.assertFileRefused(content, "No column is named VIN.*编号, 颜色")

    def test_a_file_with_only_a_header(self):
        self.assertFileRefused(b"vin,product_code\n", "at least one VIN")

    # Buttons

    def test_buttons_lead_to_the_wizard_while_vins_are_missing(self):
        self.assertTrue(self.two.dms_vins_missing)
        self.push({"vin": new_vin()}, {"vin": new_vin()})
        self.assertFalse(self.two.dms_vins_missing)
        self.assertRecordValues(
            self.receipt, [{"dms_vehicle_count": 2, "dms_is_open_receipt": True}]
        )
        self.assertEqual(self.two.dms_vehicle_count, 2)
        cars = self.env["dms.vehicle"]
        for document in (self.two, self.receipt):
            action = document.action_dms_view_vehicles()
            self.assertEqual(len(cars.search(action["domain"])), 2)

    def test_an_order_without_open_receipt_has_nothing_to_enter(self):
        self.push({"vin": new_vin()}, {"vin": new_vin()})
        self.receipt.button_validate()
        with self.assertRaisesRegex(UserError, "no open receipt"):
            self.two.action_dms_receive()

    def test_the_wizard_opens_on_the_receipt(self):
        manager = self.in_store(self.store_a1, "sales_manager")
        action = self.receipt.with_env(manager).action_dms_receive()
        form = Form(manager["dms.vehicle.receive"].with_context(**action["context"]))
        self.assertEqual(form.picking_id, self.receipt)
