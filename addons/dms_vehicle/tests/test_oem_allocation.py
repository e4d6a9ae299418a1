"""One allocation, one booking: variant and colour match, in time, and once."""

import base64
from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tabular import read_rows

from .common import new_vin
from .pipeline_common import PipelineCommon, new_reference


@tagged("post_install", "-at_install")
class TestOemAllocation(PipelineCommon):
    def book(self, line, promise):
        line.dms_allocation_id = promise.with_env(line.env)

    # Booking

    def test_a_consultant_books_on_his_order(self):
        promise, line = self.promise(), self.quote()
        with Form(line.order_id) as form, form.order_line.edit(0) as edited:
            edited.dms_allocation_id = promise.with_env(line.env)
        self.assertRecordValues(
            promise,
            [
                {
                    "state": "booked",
                    "sale_line_id": line.id,
                    "sale_order_id": line.order_id.id,
                }
            ],
        )
        self.assertEqual(line.dms_allocation_id, promise)
        self.assertIn(line.order_id.name, promise.message_ids[0].body)

    def test_the_same_booking_once_more_changes_nothing(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        messages = len(promise.message_ids)
        promise.with_env(line.env)._dms_book(line)
        self.assertEqual(len(promise.message_ids), messages)

    def test_one_that_is_booked_names_the_order(self):
        promise, first, second = self.promise(), self.quote(), self.quote()
        self.book(first, promise)
        with self.assertRaisesRegex(UserError, first.order_id.name):
            self.book(second, promise)
        self.assertEqual(promise.sale_line_id, first)

    def test_one_line_books_one(self):
        one, two, line = self.promise(), self.promise(), self.quote()
        self.book(line, one)
        self.book(line, two)
        self.assertEqual((one.state, two.state), ("free", "booked"))

    @mute_logger("odoo.sql_db")
    def test_the_database_alone_refuses_a_second_one(self):
        one, two, line = self.promise(), self.promise(), self.quote()
        one.sale_line_id = line
        with self.assertRaises(UniqueViolation):
            two.sale_line_id = line
            self.env.flush_all()

    def test_variant_and_colour_must_match(self):
        line = self.quote(self.black)
        with self.assertRaisesRegex(UserError, "variant and colour must match"):
            self.book(line, self.promise())

    def test_the_colours_of_one_trim_are_different_cars(self):
        colour = self.env["product.attribute"].create(
            {
                "name": "Colour",
                "value_ids": [Command.create({"name": n}) for n in ("Red", "Blue")],
            }
        )
        trim = self.white.product_tmpl_id.copy({"name": "Trim"})
        trim.attribute_line_ids = [
            Command.create(
                {
                    "attribute_id": colour.id,
                    "value_ids": [Command.set(colour.value_ids.ids)],
                }
            )
        ]
        red, blue = trim.product_variant_ids
        with self.assertRaisesRegex(UserError, r"Red.*not for.*Blue"):
            self.book(self.quote(blue), self.promise(product=red))

    def test_one_that_has_expired_is_refused(self):
        with freeze_time("2026-11-30"):
            promise = self.promise(until="2026-12-15")
            self.assertEqual(promise.state, "free")
        with freeze_time("2026-12-16"):
            promise.invalidate_recordset(["state"])
            with self.assertRaisesRegex(UserError, "has expired on 2026-12-15"):
                self.book(self.quote(), promise)
            self.assertFalse(promise.sale_line_id)

    def test_on_its_last_day_it_can_be_booked_and_then_stays(self):
        promise = self.promise(until="2026-12-15")
        with freeze_time("2026-12-15"):
            self.book(self.quote(), promise)
        with freeze_time("2026-12-16"):
            promise.invalidate_recordset(["state"])
            self.assertEqual(promise.state, "booked")

    def test_one_of_another_store(self):
        promise = self.promise(self.store_a2)
        line = self.quote()
        with self.assertRaises(AccessError):
            self.book(line, promise)
        with self.assertRaisesRegex(UserError, "another store"):
            promise._dms_book(line.with_env(self.env))

    def test_several_cars_and_known_cars_need_none(self):
        line = self.quote()
        line.product_uom_qty = 2
        with self.assertRaisesRegex(UserError, "exactly one car"):
            self.book(line, self.promise())
        line.write(
            {"product_uom_qty": 1, "dms_vehicle_id": self.receive(self.store_a1)}
        )
        with self.assertRaisesRegex(UserError, "needs no allocation"):
            self.book(line, self.promise())

    def test_what_is_booked_cannot_become_another_car(self):
        line = self.quote()
        self.book(line, self.promise())
        with self.assertRaisesRegex(ValidationError, "must match"):
            line.product_id = self.black

    def test_what_is_booked_stays_one_car(self):
        line = self.quote()
        self.book(line, self.promise())
        with self.assertRaisesRegex(ValidationError, "exactly one car"):
            line.product_uom_qty = 3

    def test_nobody_writes_a_booking_past_its_checks(self):
        late, line = self.promise(until="2020-01-01"), self.quote()
        with self.assertRaisesRegex(UserError, "on the line of the order"):
            late.with_env(self.manager).sale_line_id = line
        with self.assertRaisesRegex(UserError, "on the line of the order"):
            self.manager["dms.allocation"].create(
                {
                    "reference": new_reference(),
                    "product_id": self.white.id,
                    "period": "2026-12-01",
                    "valid_until": "2020-01-01",
                    "sale_line_id": line.id,
                }
            )
        self.assertFalse(late.sale_line_id)

    def test_what_is_booked_stays_in_its_store(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        with self.assertRaises(UserError):
            promise.company_id = self.store_a2

    def test_what_is_booked_is_not_deleted(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        boss = self.in_store(self.store_a1, "store_manager")
        with self.assertRaisesRegex(UserError, f"{line.order_id.name}.*release"):
            promise.with_env(boss).unlink()
        promise._dms_release()
        promise.with_env(boss).unlink()
        self.assertFalse(promise.exists())

    # Giving back

    def test_an_order_that_gets_another_car_gives_it_back(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        line.dms_vehicle_id = self.receive(self.store_a1)
        self.assertEqual(promise.state, "free")

    def test_a_cancelled_order_gives_it_back(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        line.order_id._action_cancel()
        self.assertEqual(promise.state, "free")
        with self.assertRaisesRegex(UserError, "is cancelled"):
            self.book(line, promise)

    def test_a_deleted_line_gives_it_back(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        line.unlink()
        promise.invalidate_recordset()
        self.assertEqual(promise.state, "free")

    def test_a_consultant_releases_his_own_alone(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        other = self.env["res.users"].create(
            {
                "name": "Other",
                "login": "other.consultant",
                "company_id": self.store_a1.id,
                "company_ids": [Command.set(self.store_a1.ids)],
                "group_ids": [
                    Command.set(self.env.ref("dms_base.group_dms_sales_consultant").ids)
                ],
            }
        )
        with self.assertRaises(AccessError):
            promise.with_user(other).action_release()
        promise.with_env(line.env).action_release()
        self.assertEqual(promise.state, "free")

    # The car comes

    def test_its_vin_goes_to_the_order_that_booked(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        line.order_id.action_confirm()
        order, vin = self.order(self.store_a1), new_vin()
        row = self.report(order, "built", vin=vin, allocation=promise.reference)
        self.assertEqual(self.push(row)["accepted"], 1)
        self.assertEqual(promise.state, "used")
        self.assertEqual(line.dms_vehicle_id.vin, vin)

    def test_a_report_that_also_names_the_allocation_is_another_one(self):
        promise, order, vin = self.promise(), self.order(self.store_a1), new_vin()
        row = self.report(order, "built", vin=vin)
        self.push(row)
        result = self.push(row | {"allocation": promise.reference})
        self.assertEqual(result, {"accepted": 1, "unchanged": 0, "rejected": []})
        self.assertEqual(promise.vehicle_id.vin, vin)

    def test_a_car_chosen_by_hand_does_the_same(self):
        promise, line, car = self.promise(), self.quote(), self.receive(self.store_a1)
        self.book(line, promise)
        promise.with_env(self.manager).vehicle_id = car
        self.assertEqual(line.dms_vehicle_id, car)

    def test_a_line_that_has_a_car_keeps_it(self):
        promise, line = self.promise(), self.quote()
        self.book(line, promise)
        mine, other = self.receive(self.store_a1, 2)
        line.dms_vehicle_id = mine
        promise.vehicle_id = other
        self.assertEqual(line.dms_vehicle_id, mine)

    def test_a_report_for_another_model_is_refused(self):
        promise, order = self.promise(product=self.black), self.order(self.store_a1)
        vin = new_vin()
        row = self.report(order, "built", vin=vin, allocation=promise.reference)
        self.assertRefused(self.push(row), "must match")
        self.assertFalse(self.env["dms.vehicle"].search([("vin", "=", vin)]))

    def test_a_second_car_for_one_promise_is_refused(self):
        promise, order = self.promise(), self.order(self.store_a1, 2)
        rows = [
            self.report(order, "built", vin=new_vin(), allocation=promise.reference)
            for _n in range(2)
        ]
        result = self.push(*rows)
        self.assertEqual(result["accepted"], 1)
        self.assertIn("has the car", result["rejected"][0]["reason"])

    def test_a_car_that_came_is_sold_by_its_vin(self):
        promise = self.promise()
        promise.vehicle_id = self.receive(self.store_a1)
        with self.assertRaisesRegex(UserError, promise.vehicle_id.vin):
            self.book(self.quote(), promise)

    @mute_logger("odoo.sql_db")
    def test_a_car_is_promised_once(self):
        car = self.receive(self.store_a1)
        self.promise(vehicle_id=car.id)
        with self.assertRaises(UniqueViolation):
            self.promise(vehicle_id=car.id)
            self.env.flush_all()

    # Searching, entering

    def test_each_state_is_found(self):
        car = self.receive(self.store_a1)
        by_state = {
            "free": self.promise(),
            "booked": self.promise(),
            "used": self.promise(vehicle_id=car.id),
            "expired": self.promise(until="2020-01-01"),
        }
        self.book(self.quote(), by_state["booked"])
        mine = self.env["dms.allocation"].concat(*by_state.values())
        for state, promise in by_state.items():
            found = mine.search([("state", "=", state), ("id", "in", mine.ids)])
            self.assertEqual(found, promise, state)
            rest = mine.search([("state", "!=", state), ("id", "in", mine.ids)])
            self.assertEqual(rest, mine - promise, state)

    def test_the_month_is_that_of_any_of_its_days(self):
        promise = self.promise(period="2026-12-31")
        self.assertEqual(promise.period, date(2026, 12, 1))

    @mute_logger("odoo.sql_db")
    def test_its_number_is_unique_in_its_store(self):
        promise = self.promise()
        self.promise(self.store_a2, reference=promise.reference)
        with self.assertRaises(UniqueViolation):
            self.promise(reference=promise.reference)
            self.env.flush_all()

    def test_who_enters_and_who_books(self):
        promise = self.promise()
        for role, write in (
            ("sales_consultant", False),
            ("sales_manager", True),
            ("store_manager", True),
            ("integrator", True),
            ("auditor", False),
        ):
            mine = promise.with_env(self.in_store(self.store_a1, role))
            self.assertTrue(mine.read(["state", "sale_order_id"]), role)
            self.assertEqual(mine.has_access("write"), write, role)

    def load(self, text):
        record = self.manager["dms.vehicle.import"].create(
            {
                "name": "quota.csv",
                "kind": "allocation",
                "file": base64.b64encode(text.encode()),
            }
        )
        record.action_start()
        return record

    def test_a_list_of_the_oem_is_taken_in_and_bad_rows_come_back(self):
        one, two = new_reference(), new_reference()
        head = "配额号,车型编码,月份,有效期至\n"
        record = self.load(
            f"{head}{one},E5-W,2026年12月,2026-12-15\n"
            f"{two},X9,2026-12,2026-12-15\n"
            f"{one},E5-W,2026-12,2026-12-15\n"
            f"{two},E5-B,soon,2026-12-15\n"
            ",E5-B,2026-12,2026-12-15\n"
        )
        self.assertEqual((record.accepted, record.rejected), (1, 4))
        reasons = [
            list(row.cells.values())[2]
            for row in read_rows("r.xlsx", base64.b64decode(record.rejected_file))
        ]
        self.assertIn("Model code X9 is unknown", reasons[0])
        self.assertIn("listed twice", reasons[1])
        self.assertIn("“soon” is no month", reasons[2])
        self.assertIn("allocation number is missing", reasons[3])
        again = self.load(f"{head}{one},E5-W,2026-12,2026-12-15\n")
        self.assertEqual((again.accepted, again.unchanged), (0, 1))
        later = self.load(f"{head}{one},E5-W,2026-12,2026-12-20\n")
        self.assertEqual(later.accepted, 1)
        promise = self.env["dms.allocation"].search([("reference", "=", one)])
        self.assertEqual(promise.valid_until, date(2026, 12, 20))
        other = self.load(f"{head}{one},E5-B,2026-12,2026-12-20\n")
        self.assertEqual(other.rejected, 1)

    def test_lines_are_pasted_with_or_without_names_of_columns(self):
        one, two = new_reference(), new_reference()
        for text in (
            f"{one}\tE5-W\t2026-12\t2026-12-15\n{two}\tX9\t2026-12\t2026-12-15",
            f"reference,product_code,period,valid_until\n{one},E5-W,2026-12,2026-12-15",
        ):
            wizard = self.manager["dms.allocation.paste"].create({"text": text})
            action = wizard.action_apply()
            record = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((record.accepted, record.unchanged), (0, 1))
        found = self.env["dms.allocation"].search([("reference", "in", (one, two))])
        self.assertEqual(found.mapped("reference"), [one])
        with self.assertRaisesRegex(UserError, "at least one line"):
            self.manager["dms.allocation.paste"].create({"text": " "}).action_apply()
