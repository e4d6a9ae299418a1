"""Who gets a gate pass, for which car, and what becomes of it."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..gate import is_code
from .certificate_common import new_number
from .common import new_vin
from .gate_common import GateCommon


@tagged("post_install", "-at_install")
class TestGatePass(GateCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)

    def test_the_paper_says_what_the_guard_needs(self):
        self.car.plate = "沪A12345"
        one = self.issue(self.car)
        self.assertRegex(one.name, r"^GP\d{4}-\d{4}$")
        self.assertTrue(is_code(one.code))
        self.assertEqual((one.vin, one.plate), (self.car.vin, "沪A12345"))
        self.assertIn("Model E5-W", one.model_name)
        self.assertEqual(one.issued_by_id, self.consultant)
        self.assertEqual((one.state, one.must_return), ("issued", True))
        self.assertEqual(one.back_by - one.valid_from, timedelta(hours=2))

    def test_each_store_counts_for_itself_if_it_was_opened_so(self):
        numbers = self.env["ir.sequence"].create(
            {
                "name": "A2",
                "code": "dms.gate.pass",
                "prefix": "A2-",
                "company_id": self.store_a2.id,
            }
        )
        consultant = self.user("sales_consultant", self.store_a2)
        one = self.issue(self.receive(self.store_a2), user=consultant)
        self.assertTrue(one.name.startswith(numbers.prefix))
        self.assertTrue(self.issue(self.car).name.startswith("GP"))

    def test_the_form_proposes_times_by_reason(self):
        passes = self.by(self.manager, self.env["dms.gate.pass"])
        form = Form(passes.with_context(default_vehicle_id=self.car.id))
        form.reason = "loan"
        self.assertEqual(form.back_by - form.valid_from, timedelta(days=3))
        form.driver_id = self.customer
        self.assertEqual(form.driver_name, "李娜")
        one = form.save()
        self.assertEqual(one.state, "issued")

    # One at a time

    def test_a_car_has_one_open_pass(self):
        first = self.issue(self.car)
        with self.refused(UserError, f"{first.name}.*Cancel it"):
            self.issue(self.car)

    def test_none_while_it_is_out(self):
        self.out(self.car)
        with self.refused(UserError, "Out.*taken back"):
            self.issue(self.car)

    def test_the_next_when_it_is_back(self):
        self.back(self.out(self.car), 20)
        self.assertEqual(self.issue(self.car).state, "issued")

    def test_the_next_when_the_last_was_cancelled(self):
        one = self.issue(self.car)
        one.action_cancel()
        self.assertEqual(
            (one.state, one.cancelled_by_id), ("cancelled", self.consultant)
        )
        self.assertEqual(self.issue(self.car).state, "issued")

    def test_the_next_when_the_last_expired_though_nobody_noted_it(self):
        one = self.issue(self.car)
        self.later(one, days=2)
        self.assertEqual(self.issue(self.car).state, "issued")
        self.assertEqual(one.state, "expired")

    # Which car

    def test_a_car_that_is_not_here_gets_none(self):
        ordered = self.announce(self.order(self.store_a1), new_vin())
        with self.refused(UserError, "is not here .In Transit"):
            self.issue(ordered)
        gone = self.delivered(self.car).move_line_ids.lot_id.dms_vehicle_ids
        with self.refused(UserError, "is not here .Delivered"):
            self.issue(gone)

    def test_a_car_of_another_store_gets_none_here(self):
        other = self.receive(self.store_a2)
        with self.refused(UserError, "does not belong to Test store A1"):
            self.issue(other)

    def test_nor_one_that_another_store_has_sold(self):
        other = self.receive(self.store_a2)
        delivery = self.sell(other).picking_ids
        delivery.button_validate()
        with self.refused(UserError, "needs its validated stock move of this"):
            self.issue(other, "delivery", user=self.manager, picking_id=delivery.id)

    def test_nobody_issues_in_the_name_of_another_store(self):
        with self.assertRaises(AccessError):
            self.issue(self.receive(self.store_a2), company_id=self.store_a2.id)

    # For good

    def test_a_delivery_needs_its_done_stock_move(self):
        for vals in ({}, {"picking_id": self.sell(self.car).picking_ids.id}):
            with self.refused(UserError, "Validate the delivery"):
                self.issue(self.car, "delivery", user=self.manager, **vals)

    def test_a_done_one_gives_it(self):
        delivery = self.delivered(self.car)
        one = self.issue(
            self.car, "delivery", user=self.manager, picking_id=delivery.id
        )
        self.assertEqual((one.must_return, one.back_by), (False, False))

    def test_the_reason_follows_the_move(self):
        delivery = self.delivered(self.car)
        with self.refused(UserError, "Return to the OEM"):
            self.issue(
                self.car, "oem_return", user=self.manager, picking_id=delivery.id
            )

    def test_a_stock_move_of_another_car_gives_none(self):
        delivery = self.delivered()
        with self.refused(UserError, "has moved on"):
            self.issue(self.car, "delivery", user=self.manager, picking_id=delivery.id)

    def test_a_stock_move_gives_one_pass(self):
        delivery = self.delivered(self.car)
        vals = {"user": self.manager, "picking_id": delivery.id}
        self.by(self.guard, self.issue(self.car, "delivery", **vals)).let_out()
        with self.refused(UserError, "a stock move gives one gate pass"):
            self.issue(self.car, "delivery", **vals)

    def test_a_test_drive_needs_no_stock_move(self):
        with self.refused(UserError, "without a stock move"):
            self.issue(self.car, picking_id=self.delivered().id)

    # Who

    def test_who_issues_what(self):
        may = {
            "sales_consultant": {"test_drive", "loan"},
            "service_advisor": {"loan", "repair", "charging"},
            "parts_clerk": {"repair", "charging"},
            "sales_manager": {"test_drive", "loan", "repair", "charging", "other"},
            "store_manager": {"test_drive", "loan", "repair", "charging", "other"},
        }
        for role, reasons in may.items():
            user = self.user(role, self.store_a1)
            for reason in may["store_manager"]:
                with self.subTest(role=role, reason=reason):
                    if reason in reasons:
                        self.issue(self.car, reason, user).sudo().cancel()
                    else:
                        with self.refused(AccessError, "Ask the sales"):
                            self.issue(self.car, reason, user)

    def test_others_issue_none(self):
        for role in ("technician", "accountant", "fi_officer", "auditor", "gate_guard"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.issue(self.car, user=self.user(role, self.store_a1))

    # What stays

    def test_what_was_issued_stays(self):
        one = self.issue(self.car)
        for vals in (
            {"reason": "loan"},
            {"vin": "X"},
            {"code": "X"},
            {"state": "returned"},
            {"issued_by_id": self.manager.id},
            {"vehicle_id": self.receive(self.store_a1).id},
        ):
            with self.refused(UserError, "stays as it is"):
                one.write(vals)

    def test_nobody_writes_into_a_new_pass_what_is_decided_here(self):
        one = self.issue(
            self.car,
            code="X",
            vin="X",
            issued_by_id=self.manager.id,
            cancelled_at="2026-01-01",
            is_expired=True,
        )
        self.assertTrue(is_code(one.code))
        self.assertEqual((one.vin, one.issued_by_id), (self.car.vin, self.consultant))
        self.assertEqual(one.state, "issued")

    def test_driver_and_time_change_until_the_car_is_out(self):
        one = self.issue(self.car)
        one.write({"driver_name": "赵云", "back_by": self.ahead(hours=5)})
        self.by(self.guard, one).let_out(odometer_km=1)
        one.back_by = self.ahead(hours=6)
        with self.refused(UserError, "stays as it is"):
            one.driver_name = "孙权"

    def test_times_are_in_order(self):
        for vals in (
            {"valid_until": self.ahead(days=-1)},
            {"back_by": self.ahead(days=-1)},
            {"back_by": False},
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.issue(self.car, **vals)
                self.env.flush_all()

    def test_it_is_not_deleted(self):
        with self.refused(UserError, "cancelled, not deleted"):
            self.issue(self.car).sudo().unlink()

    def test_who_cancels(self):
        one = self.issue(self.car)
        colleague = self.user("service_advisor", self.store_a1)
        with self.refused(AccessError, "Only who issued"):
            self.by(colleague, one).action_cancel()
        self.assertFalse(self.by(colleague, one).may_cancel)
        self.by(self.manager, one).action_cancel()
        self.by(self.manager, one).action_cancel()
        self.assertEqual(one.cancelled_by_id, self.manager)

    def test_a_used_one_is_not_cancelled(self):
        one = self.out(self.car)
        with self.refused(UserError, "has left by"):
            one.action_cancel()

    # Late

    def test_a_late_car_is_asked_for_once(self):
        one = self.out(self.car)
        self.assertFalse(one.is_late)
        self.later(one, hours=3)
        self.assertTrue(one.is_late)
        passes = self.env["dms.gate.pass"]
        self.assertIn(one, passes.search([("is_late", "=", True)]))
        self.assertNotIn(one, passes.search([("is_late", "=", False)]))
        passes._cron_gate()
        passes._cron_gate()
        activity = one.sudo().activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.consultant)
        self.assertIn(self.car.vin, activity.summary)

    def test_it_is_asked_for_in_the_language_of_who_issued_the_pass(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.consultant.lang = "zh_CN"
        self.env["ir.module.module"]._load_module_terms(["dms_vehicle"], ["zh_CN"])
        one = self.out(self.car)
        self.later(one, hours=3)
        one.sudo()._cron_gate()
        self.assertRegex(one.sudo().activity_ids.summary, "[\u4e00-\u9fff]")

    def test_back_it_is_asked_for_no_more(self):
        one = self.out(self.car)
        self.later(one, hours=3)
        one.sudo()._cron_gate()
        self.back(one, 30)
        self.assertFalse(one.sudo().activity_ids)
        self.assertFalse(one.is_late)

    def test_a_car_that_left_for_good_is_never_late(self):
        one = self.issue(
            self.car,
            "delivery",
            user=self.manager,
            picking_id=self.delivered(self.car).id,
        )
        self.by(self.guard, one).let_out()
        self.later(one, days=9)
        one.sudo()._cron_gate()
        self.assertFalse(one.sudo().activity_ids)

    def test_the_job_closes_what_expired(self):
        one = self.issue(self.car)
        self.later(one, days=2)
        one.sudo()._cron_gate()
        self.assertEqual(one.state, "expired")

    # From the car

    def test_the_car_leads_to_its_passes(self):
        self.issue(self.car)
        self.assertEqual(self.car.gate_pass_count, 1)
        action = self.by(self.consultant, self.car).action_view_gate_passes()
        found = self.env["dms.gate.pass"].search(action["domain"])
        self.assertEqual(found.vehicle_id, self.car)

    def test_a_list_costs_the_same_for_one_and_for_many(self):
        passes = self.issue(self.car)
        for _n in range(6):
            passes |= self.issue()
        names = ["display_name", "state", "is_late", "driven_km", "driver_name"]
        passes.invalidate_recordset()
        passes[:1].read(names)
        self.env.flush_all()
        passes.invalidate_recordset()
        with self.assertQueryCount(3):
            passes.read(names)

    def test_a_scanned_address_finds_the_pass(self):
        one = self.issue(self.car)
        passes = self.by(self.guard, one)
        for text in (one.code, f"https://x.example/dms/gate/{one.code}", one.name):
            found = passes.search([("display_name", "ilike", text)])
            self.assertEqual(found, one, text)


@tagged("post_install", "-at_install")
class TestGateDelivery(GateCommon):
    """Where the store wants it, the stock move issues the pass."""

    def setUp(self):
        super().setUp()
        self.store_a1.dms_gate_pass = True
        self.car = self.receive(self.store_a1)

    def test_a_delivery_issues_the_pass_of_its_car(self):
        delivery = self.delivered(self.car)
        one = delivery.dms_gate_pass_ids
        self.assertEqual(one.vehicle_id, self.car)
        self.assertEqual((one.reason, one.state), ("delivery", "issued"))
        self.assertEqual(one.driver_name, "李娜")
        self.assertFalse(delivery.dms_lacks_gate_pass)

    def test_whoever_ships_it(self):
        delivery = self.sell(self.car).picking_ids
        self.by(self.user("parts_clerk", self.store_a1), delivery).button_validate()
        self.assertEqual(len(delivery.dms_gate_pass_ids), 1)

    def test_a_receipt_issues_none(self):
        picking = self.car.purchase_line_id.order_id.picking_ids
        self.assertFalse(picking.dms_gate_pass_ids)

    def test_not_by_default(self):
        self.store_a1.dms_gate_pass = False
        delivery = self.delivered(self.car)
        self.assertFalse(delivery.dms_gate_pass_ids)
        self.assertTrue(delivery.dms_lacks_gate_pass)

    def test_then_by_hand_from_the_delivery(self):
        self.store_a1.dms_gate_pass = False
        delivery = self.delivered(self.car)
        clerk = self.user("parts_clerk", self.store_a1)
        action = self.by(clerk, delivery).action_dms_issue_passes()
        self.assertEqual(action["res_id"], delivery.dms_gate_pass_ids.id)
        self.by(clerk, delivery).action_dms_issue_passes()
        self.assertEqual(delivery.dms_gate_pass_count, 1)

    def test_a_return_to_the_oem_issues_one(self):
        receipt = self.car.purchase_line_id.order_id.picking_ids
        wizard = self.env["stock.return.picking"].with_context(
            active_id=receipt.id, active_model="stock.picking"
        )
        returning = wizard.create({"picking_id": receipt.id})
        returning.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            returning.action_create_returns()["res_id"]
        )
        back.move_ids.move_line_ids.lot_id = self.car.lot_id
        back.button_validate()
        self.assertEqual(back.dms_gate_pass_ids.reason, "oem_return")

    def test_a_transfer_issues_one(self):
        wizard = self.car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": self.car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        sale = self.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        sale.picking_ids.button_validate()
        one = sale.picking_ids.dms_gate_pass_ids
        self.assertEqual((one.reason, one.vehicle_id), ("transfer", self.car))
        self.assertEqual(one.company_id, self.store_a1)
        self.by(self.guard, one).let_out()
        self.assertEqual(one.state, "out")

    def test_an_unused_test_drive_gives_way(self):
        drive = self.issue(self.car)
        delivery = self.delivered(self.car)
        self.assertEqual(drive.state, "cancelled")
        self.assertEqual(delivery.dms_gate_pass_ids.state, "issued")

    def test_a_car_that_is_out_is_not_delivered(self):
        drive = self.out(self.car)
        delivery = self.sell(self.car).picking_ids
        with self.refused(UserError, f"is out by gate pass {drive.name}"):
            delivery.button_validate()
        self.back(drive, 50)
        delivery.button_validate()
        self.assertEqual(delivery.dms_gate_pass_ids.state, "issued")

    def test_a_pledged_car_gets_none(self):
        bank = self.env["res.partner"].create({"name": "Bank", "is_company": True})
        paper = self.env["dms.certificate"].create(
            {"vehicle_id": self.car.id, "number": new_number()}
        )
        self.env["dms.certificate.pledge"].create(
            {"certificate_id": paper.id, "lender_id": bank.id, "reference": "BA-1"}
        )
        with self.refused(UserError, "is pledged to Bank"):
            self.delivered(self.car)
        self.assertFalse(self.car.gate_pass_count)

    def test_ten_cars_cost_few_queries_each(self):
        def ship(count):
            cars = self.receive(self.store_a1, count)
            lines = [
                (0, 0, {"product_id": car.product_id.id, "dms_vehicle_id": car.id})
                for car in cars
            ]
            sale = cars.env["sale.order"].create(
                {"partner_id": self.customer.id, "order_line": lines}
            )
            sale.action_confirm()
            self.store_a1.dms_gate_pass = False
            sale.picking_ids.button_validate()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sale.picking_ids._dms_issue_passes()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        ship(1)
        few, many = ship(2), ship(10)
        self.assertLessEqual((many - few) / 8, 6)

    def test_a_store_manager_switches_it_on(self):
        view = self.env["dms.store.change"].get_view(view_type="form")
        self.assertIn('name="dms_gate_pass"', view["arch"])
        self.assertIn("dms_gate_pass", self.env["dms.store.change"]._detail_fields())


@tagged("post_install", "-at_install")
class TestGateCompany(GateCommon):
    def test_a_car_that_was_delivered_and_came_back_needs_a_new_move(self):
        car = self.receive(self.store_a1)
        delivery = self.delivered(car)
        wizard = self.env["stock.return.picking"].with_context(
            active_id=delivery.id, active_model="stock.picking"
        )
        returning = wizard.create({"picking_id": delivery.id})
        returning.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            returning.action_create_returns()["res_id"]
        )
        back.move_ids.move_line_ids.lot_id = car.lot_id
        back.button_validate()
        with self.refused(UserError, "has moved on"):
            self.issue(car, "delivery", user=self.manager, picking_id=delivery.id)
