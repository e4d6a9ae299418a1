"""Reports of OEMs: good ones go in, bad ones come back, late ones change nothing."""

import base64
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.dms_base.tabular import read_rows

from ..vin import with_check_digit
from .common import new_vin
from .pipeline_common import PipelineCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 20:00:00")
class TestOemReport(PipelineCommon):
    def setUp(self):
        super().setUp()
        self.two = self.order(self.store_a1, 2)
        self.line = self.two.order_line

    def car(self, vin):
        return self.env["dms.vehicle"].search([("vin", "=", vin)])

    def add_line(self, product, count=1):
        line = {"product_id": product.id, "product_qty": count, "price_unit": 1}
        self.two.write({"order_line": [(0, 0, line)]})
        self.two.order_line._dms_number_lines()
        return self.two.order_line[-1]

    # Orders and lines

    def test_an_acknowledgement_brings_the_oem_number_and_the_arrival(self):
        row = self.report(self.two, oem_number="OEM-77", eta="2026-12-20")
        result = self.push(row)
        self.assertEqual(result, {"accepted": 1, "unchanged": 0, "rejected": []})
        self.assertRecordValues(
            self.line,
            [
                {
                    "dms_oem_number": "OEM-77",
                    "dms_oem_status": "acknowledged",
                    "dms_eta": date(2026, 12, 20),
                    "dms_eta_at": datetime(2026, 3, 2, 8),
                }
            ],
        )

    def test_the_report_is_kept_as_it_came(self):
        self.push(self.report(self.two, "scheduled", reference="R-1"))
        self.assertRecordValues(
            self.line.dms_oem_report_ids,
            [
                {
                    "reference": "R-1",
                    "company_id": self.store_a1.id,
                    "status": "scheduled",
                    "at": datetime(2026, 3, 2, 8),
                    "is_news": True,
                    "user_id": self.manager.uid,
                    "order_id": self.two.id,
                }
            ],
        )
        self.assertEqual(self.two.dms_oem_report_count, 1)
        with self.assertRaises(AccessError):
            self.line.dms_oem_report_ids.with_env(self.manager).write({"vin": "x"})
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self.line.dms_oem_report_ids.sudo().write({"vin": "x"})

    def test_the_number_of_the_oem_is_enough_from_then_on(self):
        self.push(self.report(self.two, oem_number="OEM-77"))
        row = {"oem_number": "OEM-77", "status": "scheduled", "at": "2026-03-02T09:00Z"}
        self.assertEqual(self.push(row)["accepted"], 1)
        self.assertEqual(self.line.dms_oem_status, "scheduled")

    def test_the_same_report_once_more_changes_nothing(self):
        row = self.report(self.two, "built", reference="R-1")
        self.push(row)
        self.assertEqual(
            self.push(row), {"accepted": 0, "unchanged": 1, "rejected": []}
        )
        self.assertEqual(len(self.line.dms_oem_report_ids), 1)

    def test_without_a_reference_the_content_is_recognised(self):
        row = self.report(self.two, "built")
        self.push(row)
        again = row | {"at": "2026-03-02 16:00:00+08:00"}
        self.assertEqual(self.push(again)["unchanged"], 1)

    def test_one_twice_in_a_message_is_taken_once(self):
        row = self.report(self.two, "built")
        result = self.push(row, row)
        self.assertEqual((result["accepted"], result["unchanged"]), (1, 1))

    def test_a_late_report_is_kept_and_changes_nothing(self):
        self.push(self.report(self.two, "built", 10))
        result = self.push(self.report(self.two, "scheduled", 9))
        self.assertEqual((result["accepted"], result["unchanged"]), (0, 1))
        self.assertEqual(self.line.dms_oem_status, "built")
        self.assertEqual(
            self.line.dms_oem_report_ids.sorted("id").mapped("is_news"), [True, False]
        )

    def test_a_later_word_on_the_arrival_wins_by_its_own_time(self):
        self.push(self.report(self.two, "built", 10, eta="2026-12-20"))
        self.push(self.report(self.two, "built", 9, eta="2026-12-10"))
        self.assertEqual(self.line.dms_eta, date(2026, 12, 20))
        self.push(self.report(self.two, "scheduled", 11, eta="2026-12-24"))
        self.assertEqual(self.line.dms_eta, date(2026, 12, 24))
        self.assertEqual(self.line.dms_oem_status, "built")

    def test_of_many_in_one_message_their_times_decide(self):
        self.push(
            self.report(self.two, "built", 11),
            self.report(self.two, "acknowledged", 9, eta="2026-12-01"),
            self.report(self.two, "scheduled", 10, eta="2026-12-05"),
        )
        self.assertEqual(self.line.dms_oem_status, "built")
        self.assertEqual(self.line.dms_eta, date(2026, 12, 5))

    def test_a_time_without_zone_is_that_of_the_store(self):
        self.store_a1.partner_id.tz = "Asia/Shanghai"
        self.push(self.report(self.two) | {"at": "2026-03-02 08:00"})
        self.assertEqual(self.line.dms_oem_report_ids.at, datetime(2026, 3, 2, 0, 0))

    def test_a_line_is_named_by_its_number_or_its_model(self):
        black = self.add_line(self.black)
        self.assertRefused(self.push(self.report(self.two)), "several lines")
        self.push(self.report(self.two, "scheduled", line=2))
        self.push(self.report(self.two, "built", product_code="E5-W"))
        self.assertEqual(black.dms_oem_status, "scheduled")
        self.assertEqual(self.line[0].dms_oem_status, "built")

    def test_numbers_of_lines_stay_when_lines_are_moved(self):
        black = self.add_line(self.black)
        black.sequence = self.line.sequence - 1
        self.assertEqual((self.line + black).mapped("dms_line_number"), [1, 2])

    # Cars

    def test_a_car_that_is_built_has_its_vin_and_is_produced(self):
        vin = new_vin()
        self.push(self.report(self.two, "built", vin=vin.lower(), eta="2026-12-20"))
        self.assertRecordValues(
            self.car(vin),
            [
                {
                    "state": "produced",
                    "oem_status": "built",
                    "produced_date": date(2026, 3, 2),
                    "expected_date": date(2026, 12, 20),
                    "purchase_line_id": self.line.id,
                    "product_id": self.white.id,
                    "company_id": self.store_a1.id,
                }
            ],
        )
        codes = self.env["dms.vehicle.event"].search([("vin", "=", vin)]).mapped("code")
        self.assertEqual(set(codes), {"vehicle.ordered", "vehicle.produced"})

    def test_a_car_in_production_is_still_ordered(self):
        vin = new_vin()
        self.push(self.report(self.two, "in_production", vin=vin))
        self.assertEqual(self.car(vin).state, "ordered")

    def test_the_arrival_of_the_line_is_that_of_its_cars(self):
        vin = new_vin()
        self.push(self.report(self.two, "scheduled", 8, eta="2026-12-20"))
        self.push(self.report(self.two, "built", 9, vin=vin))
        self.assertEqual(self.car(vin).expected_date, date(2026, 12, 20))
        self.push(self.report(self.two, "scheduled", 10, eta="2026-12-24"))
        self.assertEqual(self.car(vin).expected_date, date(2026, 12, 24))
        self.push(self.report(self.two, "built", 11, vin=vin, eta="2026-12-23"))
        self.push(self.report(self.two, "scheduled", 10, eta="2026-12-29"))
        self.assertEqual(self.car(vin).expected_date, date(2026, 12, 23))

    def test_a_shipped_car_goes_on_the_receipt(self):
        vin = new_vin()
        self.push(self.report(self.two, "built", 8, vin=vin))
        row = self.report(self.two, "shipped", 9, vin=vin, eta="2026-12-20")
        self.assertEqual(self.push(row)["accepted"], 1)
        self.assertRecordValues(
            self.car(vin),
            [
                {
                    "state": "in_transit",
                    "oem_status": "shipped",
                    "shipped_date": date(2026, 3, 2),
                    "consignment_date": date(2026, 3, 2),
                    "expected_date": date(2026, 12, 20),
                }
            ],
        )
        lots = self.two.picking_ids.move_line_ids.filtered("lot_name")
        self.assertEqual(lots.mapped("lot_name"), [vin])

    def test_a_notice_is_enough_to_know_a_car(self):
        vin = new_vin()
        self.push(self.report(self.two, "shipped", vin=vin, engine_number="M1"))
        self.assertEqual(self.car(vin).state, "in_transit")
        self.assertEqual(self.car(vin).engine_number, "M1")

    def test_built_is_told_after_shipped(self):
        vin = new_vin()
        self.push(self.report(self.two, "shipped", 9, vin=vin))
        self.push(self.report(self.two, "built", 8, vin=vin))
        car = self.car(vin)
        self.assertEqual((car.state, car.oem_status), ("in_transit", "shipped"))
        self.assertEqual(car.produced_date, date(2026, 3, 2))

    def test_a_car_told_of_in_one_message_from_built_to_shipped(self):
        vin = new_vin()
        result = self.push(
            self.report(self.two, "shipped", 9, vin=vin),
            self.report(self.two, "built", 8, vin=vin),
        )
        self.assertEqual(result["accepted"], 2)
        self.assertEqual(self.car(vin).state, "in_transit")

    def test_the_vin_alone_names_a_known_car(self):
        vin = new_vin()
        self.push(self.report(self.two, "built", vin=vin))
        row = {"vin": vin, "status": "shipped", "at": "2026-03-02T10:00Z"}
        self.assertEqual(self.push(row)["accepted"], 1)
        self.assertEqual(self.car(vin).state, "in_transit")

    def test_the_plain_notice_ships_a_car_that_was_built(self):
        vin = new_vin()
        self.push(self.report(self.two, "built", vin=vin))
        self.two.dms_push_asn(self.two.name, [{"vin": vin}])
        self.assertEqual(self.car(vin).state, "in_transit")
        again = self.two.dms_push_asn(self.two.name, [{"vin": vin}])
        self.assertEqual(again["unchanged"], 1)

    def test_a_notice_that_names_no_arrival_leaves_the_one_that_is_known(self):
        built, unbuilt = new_vin(), new_vin()
        self.push(
            self.report(self.two, eta="2026-12-24"),
            self.report(self.two, "built", hour=9, vin=built, eta="2026-12-20"),
        )
        clerk = self.two.with_env(self.in_store(self.store_a1, "parts_clerk"))
        rows = [{"vin": vin} for vin in (built, unbuilt)]
        clerk.picking_ids.dms_announce(rows)
        self.assertEqual(self.car(built).expected_date, date(2026, 12, 20))
        self.assertEqual(self.car(unbuilt).expected_date, date(2026, 12, 24))

    def test_the_oem_names_the_day_of_consignment(self):
        vin = new_vin()
        self.push(
            self.report(self.two, "shipped", vin=vin, consignment_date="2026-11-20")
        )
        self.assertEqual(self.car(vin).consignment_date, date(2026, 11, 20))
        self.assertEqual(self.car(vin).adoption_date, date(2027, 1, 19))

    def test_what_came_is_received_as_ever(self):
        vins = [new_vin(), new_vin()]
        self.push(*(self.report(self.two, "shipped", vin=vin) for vin in vins))
        self.two.picking_ids.button_validate()
        cars = self.env["dms.vehicle"].search([("vin", "in", vins)])
        self.assertEqual(cars.mapped("state"), ["in_stock"] * 2)

    # Refusals

    def test_an_unknown_vin_without_an_order(self):
        row = {"vin": new_vin(), "status": "shipped", "at": "2026-03-02"}
        self.assertRefused(self.push(row), "is unknown: no car on an order")

    def test_a_vin_that_is_none(self):
        vin = new_vin()
        digit = "1" if vin[8] != "1" else "2"
        row = self.report(self.two, "built", vin=vin[:8] + digit + vin[9:])
        self.assertRefused(self.push(row), "check digit")

    def test_an_unknown_order_and_an_unknown_number(self):
        self.assertRefused(
            self.push(self.report(self.two) | {"order": "P-NONE"}), "P-NONE"
        )
        row = {"oem_number": "OEM-0", "status": "built", "at": "2026-03-02"}
        self.assertRefused(self.push(row), "OEM-0")

    def test_an_order_of_another_store_is_unknown(self):
        other = self.order(self.store_a2)
        if other.name == self.two.name:
            other.name = "P-OTHER"
        self.assertRefused(self.push(self.report(other)), "has no purchase order")

    def test_a_vin_of_another_order(self):
        vin, other = new_vin(), self.order(self.store_a1)
        self.push(self.report(other, "built", vin=vin))
        row = self.report(self.two, "shipped", vin=vin)
        self.assertRefused(self.push(row), f"belongs to order {other.name}")

    def test_a_vin_of_another_store_names_its_holder(self):
        car = self.receive(self.store_a2)
        row = self.report(self.two, "shipped", vin=car.vin)
        self.assertRefused(self.push(row), self.store_a2.name)

    def test_a_model_that_was_not_ordered(self):
        row = self.report(self.two, product_code="E5-B")
        self.assertRefused(self.push(row), "no such car line")
        row = self.report(self.two, product_code="X9")
        self.assertRefused(self.push(row), "Model code X9 is unknown")

    def test_a_car_of_another_model(self):
        vin = new_vin()
        self.add_line(self.black)
        self.push(self.report(self.two, "built", vin=vin, product_code="E5-W"))
        row = self.report(self.two, "shipped", vin=vin, product_code="E5-B")
        self.assertRefused(self.push(row), "not a")

    def test_more_cars_than_ordered(self):
        rows = [self.report(self.two, "built", vin=new_vin()) for _n in range(3)]
        result = self.push(*rows)
        self.assertEqual(result["accepted"], 2)
        self.assertIn("one too many", result["rejected"][0]["reason"])
        row = self.report(self.two, "shipped", vin=new_vin())
        self.two.picking_ids.move_line_ids.unlink()
        self.assertRefused(self.push(row), "no open line")

    def test_another_oem_number_for_the_same_line(self):
        self.push(self.report(self.two, oem_number="OEM-1"))
        row = self.report(self.two, "built", oem_number="OEM-2")
        self.assertRefused(self.push(row), "OEM-1, not OEM-2")

    def test_an_order_that_is_not_confirmed(self):
        self.two.button_cancel()
        self.assertRefused(self.push(self.report(self.two)), "is not confirmed")

    def test_shipped_without_a_vin(self):
        self.assertRefused(self.push(self.report(self.two, "shipped")), "its VIN")

    def test_a_time_that_is_still_to_come(self):
        row = self.report(self.two) | {"at": "2026-03-05"}
        self.assertRefused(self.push(row), "in the future")

    def test_what_is_no_report(self):
        self.assertRefused(
            self.push(self.report(self.two, "lost")), "“lost” is unknown"
        )
        self.assertRefused(self.push({"status": "built", "at": "2026-03-02"}), "Name")
        self.assertRefused(self.push({"order": "P1", "status": "built"}), "time of the")
        self.assertRefused(self.push("built"), "must be an object")
        with self.assertRaisesRegex(UserError, "must be a list"):
            self.manager["dms.oem.report"].dms_push_reports({"order": "P1"})

    def test_bad_rows_leave_nothing_and_good_ones_go_in(self):
        good, bad = new_vin(), with_check_digit("LZZAB3C20TZ800001")
        result = self.push(
            self.report(self.two, "built", vin=good),
            self.report(self.two, "built", vin=bad, allocation="NONE"),
        )
        self.assertEqual(result["accepted"], 1)
        self.assertEqual(result["rejected"][0]["row"], 2)
        self.assertIn("no allocation NONE", result["rejected"][0]["reason"])
        self.assertFalse(self.car(bad))

    # Files

    def load(self, text, name="reports.csv"):
        record = self.manager["dms.vehicle.import"].create(
            {"name": name, "kind": "oem", "file": base64.b64encode(text.encode())}
        )
        record.action_start()
        return record

    def test_a_file_is_taken_in_and_bad_rows_come_back(self):
        vin = new_vin()
        record = self.load(
            "订单号,车架号,状态,时间\n"
            f"{self.two.name},{vin},已下线,2026-03-02 08:00\n"
            "P-NONE,,已排产,2026-03-02 08:00\n"
            f"{self.two.name},,已排产,2026-03-02 08:00\n"
        )
        self.assertEqual(
            (record.state, record.accepted, record.rejected), ("done", 2, 1)
        )
        self.assertEqual(self.car(vin).state, "produced")
        content = base64.b64decode(record.rejected_file)
        (row,) = read_rows("rejected.xlsx", content)
        self.assertEqual(list(row.cells.values())[:2], ["3", "P-NONE"])
        self.assertIn("has no purchase order P-NONE", list(row.cells.values())[2])
        action = record.action_view_vehicles()
        self.assertEqual(action["res_model"], "dms.oem.report")

    def test_the_same_file_twice_changes_nothing(self):
        text = f"order,status,at\n{self.two.name},built,2026-03-02\n"
        self.load(text)
        self.assertEqual(self.load(text).unchanged, 1)

    def test_the_wrong_file_is_refused_as_a_whole(self):
        with self.assertRaisesRegex(UserError, "no column is named status, at"):
            self.load("vin,plate\nx,y\n")
        with self.assertRaisesRegex(UserError, "no rows"):
            self.load("order,status,at\n")

    # People

    def test_who_reports(self):
        allowed = {"sales_manager", "store_manager", "group_admin", "integrator"}
        for role in ("sales_consultant", "service_advisor", "auditor", *allowed):
            env = self.in_store(self.store_a1, role)
            with self.subTest(role=role):
                self.assertEqual(
                    env["dms.oem.report"].has_access("create"), role in allowed
                )
        with self.assertRaises(AccessError):
            self.push(self.report(self.two), env=self.consultant)

    def test_a_program_ships_a_car(self):
        env = self.in_store(self.store_a1, "integrator")
        vin = new_vin()
        result = self.push(
            self.report(self.two, "built", 8, vin=vin),
            self.report(self.two, "shipped", 9, vin=vin),
            env=env,
        )
        self.assertEqual(result["accepted"], 2, result)
        self.assertEqual(self.car(vin).state, "in_transit")

    def test_a_store_of_which_he_is_not(self):
        with self.assertRaisesRegex(UserError, "no store A2"):
            self.manager["dms.oem.report"].dms_push_reports([], "A2")

    def test_fifty_reports_cost_few_queries_more_than_ten(self):
        def cost(count):
            order = self.order(self.store_a1, count)
            rows = [self.report(order, "built", vin=new_vin()) for _n in range(count)]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.push(*rows)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(2)
        few, many = cost(10), cost(50)
        self.assertLess(many - few, 40)
