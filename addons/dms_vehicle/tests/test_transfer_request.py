"""One store asks another for cars; each side takes its own steps."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .transfer_common import RequestCommon

STEPS = {
    "action_request": "draft",
    "approve": "requested",
    "action_order": "approved",
    "action_ship": "ordered",
    "action_receive": "shipped",
}


@tagged("post_install", "-at_install")
class TestAsking(RequestCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1, price=150_000)

    def test_nobody_asks_in_the_name_of_another_store(self):
        request = self.ask(self.receive(self.store_a1))
        with self.assertRaises(AccessError):
            request.write({"company_id": self.store_a3.id})

    def test_a_consultant_asks_by_the_last_six(self):
        request = self.ask(self.car)
        request.line_ids.vin = self.car.vin[-6:].lower()
        request.action_request()
        self.assertRecordValues(
            request.sudo(),
            [
                {
                    "state": "requested",
                    "company_id": self.store_a2.id,
                    "giving_company_id": self.store_a1.id,
                    "giving_store_id": self.store_a1.partner_id.id,
                }
            ],
        )
        self.assertRecordValues(
            request.sudo().line_ids,
            [
                {
                    "vin": self.car.vin,
                    "vehicle_id": self.car.id,
                    "product_id": self.white.id,
                }
            ],
        )
        self.assertRegex(request.name, r"^TR\d{4}\d{5}$")

    def test_by_model_the_store_must_be_chosen(self):
        request = self.ask()
        request.line_ids = [(0, 0, {"product_id": self.white.id})]
        with self.assertRaisesRegex(UserError, "Choose the store to ask"):
            request.action_request()
        request.giving_store_id = self.store_a1.partner_id
        request.action_request()
        self.assertFalse(request.line_ids.sudo().vehicle_id)

    def test_an_empty_request_is_refused(self):
        with self.assertRaisesRegex(UserError, "enter a VIN or a model"):
            self.ask().action_request()
        request = self.ask()
        request.line_ids = [(0, 0, {})]
        with self.assertRaisesRegex(UserError, "Each line needs"):
            request.action_request()

    def test_what_nobody_has_or_is_unclear_is_said(self):
        request = self.ask()
        for vin, reason in (
            ("999999", "no sister store has such a car"),
            ("123", "at least its last six"),
        ):
            request.line_ids = [(5, 0, 0), (0, 0, {"vin": vin})]
            with self.assertRaisesRegex(UserError, reason):
                request.action_request()
        self.assertEqual(request.state, "draft")

    def test_a_car_of_the_own_store_or_of_another_group_is_not_found(self):
        for store in (self.store_a2, self.store_b1):
            request = self.ask(self.receive(store))
            with self.assertRaisesRegex(UserError, "no sister store"):
                request.action_request()

    def test_a_promised_car_is_not_found(self):
        self.sell(self.car)
        with self.assertRaisesRegex(UserError, "no sister store"):
            self.ask(self.car).action_request()

    def test_the_model_must_be_that_of_the_vin(self):
        request = self.ask(self.car)
        request.line_ids.product_id = self.black
        with self.assertRaisesRegex(UserError, f"VIN {self.car.vin} is a"):
            request.action_request()

    def test_one_vin_twice_and_cars_of_two_stores_are_refused(self):
        with self.assertRaisesRegex(UserError, "listed twice"):
            self.ask(self.car, self.car).action_request()
        far = self.receive(self.store_a3)
        with self.assertRaisesRegex(UserError, "several stores"):
            self.ask(self.car, far).action_request()

    def test_a_store_of_another_group_is_refused(self):
        request = self.ask()
        request.line_ids = [(0, 0, {"product_id": self.white.id})]
        request.giving_store_id = self.store_b1.partner_id
        with self.assertRaisesRegex(UserError, "not a sister store"):
            request.action_request()

    def test_the_giving_store_sees_it_once_it_is_sent(self):
        request = self.ask(self.car)
        seen = self.giver(request).search([("id", "=", request.id)])
        self.assertFalse(seen)
        request.action_request()
        self.assertEqual(self.giver(request).name, request.name)
        manager = self.user("sales_manager", self.store_a1)
        self.assertEqual(request.sudo().activity_ids.user_id, manager)

    def test_a_third_store_sees_nothing(self):
        request = self.asked(self.car)
        for role in ("sales_manager", "store_manager", "accountant", "auditor"):
            other = request.with_env(self.in_store(self.store_a3, role))
            self.assertFalse(other.search([("id", "=", request.id)]))
            for record in (other, request.line_ids.with_env(other.env)):
                with self.assertRaises(AccessError):
                    record.read(["display_name"])

    def test_no_cost_is_seen_by_who_asks(self):
        request = self.asked(self.car)
        rows = request.line_ids.read()
        self.assertFalse([row for row in rows if 150_000 in row.values()])
        manager = self.giver(request, "store_manager")
        manager.approve(prices={manager.line_ids: 150_100}, reason="long way")
        self.asker(request).invalidate_recordset()
        row = self.asker(request).line_ids.read()[0]
        self.assertNotIn("rule_price", row)
        self.assertEqual((row["price"], row["own_rule_price"]), (150_100, 0))

    def test_withdrawn_it_is_over(self):
        request = self.asked(self.car)
        request.action_withdraw()
        self.assertEqual(request.state, "cancelled")
        self.assertFalse(request.sudo().activity_ids)
        with self.assertRaisesRegex(UserError, "is Cancelled"):
            self.giver(request).approve()

    def test_what_was_sent_is_not_changed(self):
        request = self.asked(self.car)
        for change in (
            lambda: request.write({"note": "x"}),
            lambda: request.line_ids.write({"vin": "x"}),
            lambda: request.write({"line_ids": [(0, 0, {"vin": "x"})]}),
            request.unlink,
            request.line_ids.unlink,
        ):
            with self.assertRaisesRegex(UserError, "withdraw it"):
                change()

    def test_nobody_types_state_or_price(self):
        request = self.ask(self.car)
        for record, vals in (
            (request, {"decision": "approved"}),
            (request, {"giving_company_id": self.store_a1.id}),
            (request.line_ids, {"price": 1}),
            (request.line_ids, {"holds": True}),
        ):
            with self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            self.ask(self.car, decision="approved")

    def test_a_form_of_the_consultant(self):
        env = self.in_store(self.store_a2, "sales_consultant")
        with Form(env["dms.transfer.request"]) as form:
            form.giving_store_id = self.store_a1.partner_id
            with form.line_ids.new() as line:
                line.product_id = self.white
        self.assertIn(",request,", form.record.my_steps)

    def test_a_draft_may_be_deleted(self):
        self.ask(self.car).unlink()


@tagged("post_install", "-at_install")
class TestSteps(RequestCommon):
    """Each step has its side and its role."""

    with_chart = True

    def test_from_asking_to_settled(self):
        car = self.receive(self.store_a1, price=150_000)
        request = self.asked(car)
        self.giver(request).approve()
        self.assertEqual(request.sudo().line_ids.price, 150_000)
        self.giver(request).action_order()
        self.assertEqual(request.state, "ordered")
        self.giver(request, "parts_clerk").action_ship()
        self.assertEqual((request.state, car.state), ("shipped", "in_transit"))
        self.asker(request, "parts_clerk").action_receive()
        self.assertEqual((request.state, car.company_id), ("received", self.store_a2))
        self.giver(request, "accountant").action_invoice()
        self.assertEqual(request.state, "received")
        self.asker(request, "accountant").action_bill()
        self.assertEqual(request.state, "invoiced")
        self._pay(self.giver(request, "accountant").action_collect(), self.store_a1)
        self.assertEqual(request.state, "invoiced")
        self._pay(self.asker(request, "accountant").action_pay(), self.store_a2)
        self.assertEqual(request.state, "settled")

    def _pay(self, action, store):
        env = self.in_store(store, "accountant")
        wizard = env[action["res_model"]].with_context(**action["context"]).create({})
        wizard.action_create_payments()

    def test_invoice_and_bill_are_the_same(self):
        cars = self.receive(self.store_a1, 2)
        request = self.invoiced(*cars)
        invoice = request.sudo().sale_id.invoice_ids
        bill = request.sudo().purchase_id.invoice_ids
        self.assertRecordValues(
            bill,
            [
                {
                    "state": "posted",
                    "ref": invoice.name,
                    "amount_total": invoice.amount_total,
                    "invoice_date": invoice.invoice_date,
                }
            ],
        )

    def test_the_asking_store_does_not_take_the_steps_of_the_giving_one(self):
        car = self.receive(self.store_a1)
        request = self.asked(car)
        for act in (
            lambda: self.asker(request, "store_manager").approve(),
            lambda: self.asker(request, "store_manager").refuse("no"),
        ):
            with self.assertRaisesRegex(AccessError, "taken by Test store A1"):
                act()
        self.giver(request).approve()
        with self.assertRaisesRegex(AccessError, "taken by Test store A1"):
            self.asker(request, "store_manager").action_order()
        self.giver(request).action_order()
        with self.assertRaisesRegex(AccessError, "taken by Test store A1"):
            self.asker(request, "store_manager").action_ship()

    def test_the_giving_store_does_not_ask_nor_receive(self):
        car = self.receive(self.store_a1)
        request = self.shipped(car)
        with self.assertRaisesRegex(AccessError, "taken by Test store A2"):
            self.giver(request, "store_manager").action_receive()
        request = self.asked(self.receive(self.store_a1))
        with self.assertRaisesRegex(AccessError, "taken by Test store A2"):
            self.giver(request).action_withdraw()

    def test_roles(self):
        car = self.receive(self.store_a1)
        request = self.asked(car)
        with self.assertRaisesRegex(AccessError, "not for your role"):
            self.giver(request, "sales_consultant").approve()
        self.giver(request).approve()
        with self.assertRaisesRegex(AccessError, "not for your role"):
            self.giver(request, "sales_consultant").action_order()
        self.giver(request).action_order()
        with self.assertRaisesRegex(AccessError, "not for your role"):
            self.giver(request, "accountant").action_ship()
        self.giver(request).action_ship()
        with self.assertRaisesRegex(AccessError, "not for your role"):
            self.asker(request, "sales_consultant").action_receive()
        self.asker(request).action_receive()
        with self.assertRaisesRegex(AccessError, "not for your role"):
            self.giver(request, "store_manager").action_invoice()

    def test_a_step_out_of_turn_says_where_it_stands(self):
        request = self.asked(self.receive(self.store_a1))
        with self.assertRaisesRegex(UserError, f"{request.name} is Requested"):
            self.giver(request).action_order()
        self.giver(request).approve()
        with self.assertRaisesRegex(UserError, "is Approved"):
            self.giver(request).approve()

    def test_the_buttons_are_those_of_my_side(self):
        request = self.asked(self.receive(self.store_a1))
        self.assertEqual(self.giver(request).my_steps, ",approve,refuse,")
        self.assertEqual(self.asker(request).my_steps, ",withdraw,")
        self.assertFalse(self.giver(request, "accountant").my_steps)
        self.giver(request).approve()
        self.assertEqual(self.giver(request).my_steps, ",order,cancel,")
        self.assertEqual(self.asker(request).my_steps, ",cancel,")

    def test_refused_with_a_reason(self):
        request = self.asked(self.receive(self.store_a1))
        with self.assertRaisesRegex(UserError, "Say why"):
            self.giver(request).refuse(" ")
        wizard = self.giver(request).env["dms.transfer.reason"]
        wizard = wizard.create({"request_id": request.id, "reason": "show car"})
        wizard.action_apply()
        self.assertRecordValues(
            request.sudo(), [{"state": "refused", "decision_note": "show car"}]
        )

    def test_some_cars_may_go_before_others(self):
        first, second = self.receive(self.store_a1, 2)
        request = self.ordered(first, second)
        delivery = request.sudo().sale_id.picking_ids
        lines = delivery.move_line_ids
        lines.filtered(lambda line: line.lot_id == second.lot_id).unlink()
        self.giver(request).action_ship()
        self.assertEqual(request.state, "ordered")
        self.assertEqual(request.line_ids.mapped("stage"), ["shipped", "ordered"])
        self.asker(request).action_receive()
        self.assertEqual(request.line_ids.mapped("stage"), ["received", "ordered"])
        request.sudo().sale_id.picking_ids.action_assign()
        self.giver(request).action_ship()
        self.asker(request).action_receive()
        self.assertEqual(request.state, "received")

    def test_every_role_that_reads_opens_form_and_list(self):
        request = self.received(self.receive(self.store_a1))
        for store in (self.store_a1, self.store_a2):
            for role in (
                "sales_consultant",
                "sales_manager",
                "parts_clerk",
                "accountant",
                "store_manager",
                "auditor",
            ):
                seen = request.with_env(self.in_store(store, role))
                with self.subTest(role=role, store=store.name):
                    for view in ("list", "kanban", "pivot", "search"):
                        seen.get_view(view_type=view)
                    self._open(seen)

    def _open(self, request):
        view = request.get_view(view_type="form")
        names = view["models"][request._name]
        many = {"fields": {"display_name": {}}}
        specification = {
            name: many if request._fields[name].relational else {} for name in names
        }
        self.assertTrue(request.web_read(specification))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_other_roles_have_no_access(self):
        request = self.asked(self.receive(self.store_a1))
        for role in ("technician", "service_advisor", "fi_officer"):
            with self.assertRaises(AccessError):
                request.with_env(self.in_store(self.store_a2, role)).read(["name"])


@tagged("post_install", "-at_install")
class TestApproval(RequestCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1, price=150_000)

    def wizard(self, request, role="sales_manager"):
        env = self.giver(request, role).env
        wizard = env["dms.transfer.approve"].create({"request_id": request.id})
        self.assertTrue(wizard.line_ids)
        return wizard

    def rule(self, **vals):
        return self.in_store(self.store_a1, "store_manager")[
            "dms.transfer.rule"
        ].create({"name": "Rule", **vals})

    def test_without_rule_the_price_is_the_cost(self):
        wizard = self.wizard(self.asked(self.car))
        self.assertRecordValues(
            wizard.line_ids,
            [{"cost": 150_000, "rule_price": 150_000, "price": 150_000}],
        )
        wizard.action_apply()

    def test_the_rule_gives_the_price(self):
        self.rule(kind="margin", percent=1.25)
        self.rule(kind="cost_fee", fee=800, to_store_id=self.store_a2.partner_id.id)
        request = self.asked(self.car)
        wizard = self.wizard(request)
        self.assertEqual(wizard.line_ids.rule_price, 150_800)
        wizard.action_apply()
        self.assertEqual(request.sudo().line_ids.price, 150_800)

    def test_who_sells_without_being_asked_is_proposed_the_same_price(self):
        self.rule(kind="cost_fee", fee=800, to_store_id=self.store_a2.partner_id.id)
        car = self.car.with_env(self.in_store(self.store_a1, "sales_manager"))
        self.assertEqual(self.to_store(car, self.store_a2).amount_untaxed, 150_800)

    def test_a_rule_that_has_ended_or_is_of_another_store_counts_not(self):
        self.rule(kind="cost_fee", fee=1, valid_to="2020-01-01")
        self.env["dms.transfer.rule"].create(
            {
                "name": "Other",
                "company_id": self.store_a2.id,
                "kind": "cost_fee",
                "fee": 2,
            }
        )
        self.assertEqual(self.wizard(self.asked(self.car)).line_ids.price, 150_000)

    def test_a_rule_ends_after_it_begins_and_is_never_negative(self):
        with self.assertRaisesRegex(UserError, "before it begins"):
            self.rule(valid_from="2026-02-01", valid_to="2026-01-01")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.rule(fee=-1)

    def test_only_the_store_manager_makes_rules(self):
        with self.assertRaises(AccessError):
            self.in_store(self.store_a1, "sales_manager")["dms.transfer.rule"].create(
                {"name": "X"}
            )

    def test_within_the_limit_the_sales_manager_changes_the_price(self):
        self.rule(limit_percent=1)
        request = self.asked(self.car)
        wizard = self.wizard(request)
        wizard.line_ids.price = 151_500
        wizard.action_apply()
        self.assertEqual(request.sudo().line_ids.price, 151_500)

    def test_beyond_it_the_store_manager_decides_and_says_why(self):
        self.rule(limit_percent=1)
        request = self.asked(self.car)
        wizard = self.wizard(request)
        wizard.line_ids.price = 151_500.01
        wizard.reason = "long in stock"
        with self.assertRaisesRegex(UserError, "the store manager decides"):
            wizard.action_apply()
        wizard = self.wizard(request, "store_manager")
        wizard.line_ids.price = 151_500.01
        with self.assertRaisesRegex(UserError, "the store manager decides"):
            wizard.action_apply()
        wizard.reason = "long in stock"
        wizard.action_apply()
        self.assertRecordValues(
            request.sudo().line_ids,
            [{"price": 151_500.01, "price_note": "long in stock"}],
        )

    def test_for_nothing_no_car_goes(self):
        request = self.asked(self.car)
        wizard = self.wizard(request, "store_manager")
        wizard.line_ids.price = 0
        wizard.reason = "gift"
        with self.assertRaisesRegex(UserError, "above zero"):
            wizard.action_apply()

    def test_asked_by_model_the_giving_store_chooses_the_car(self):
        request = self.ask()
        request.line_ids = [(0, 0, {"product_id": self.white.id})]
        request.giving_store_id = self.store_a1.partner_id
        request.action_request()
        with self.assertRaisesRegex(UserError, "Choose a car for: .E5-W. Model E5-W"):
            self.giver(request).approve()
        wizard = self.wizard(request)
        black = self.receive(self.store_a1, product=self.black)
        wizard.line_ids.vehicle_id = black
        with self.assertRaisesRegex(UserError, f"VIN {black.vin} is a"):
            wizard.action_apply()
        wizard.line_ids.vehicle_id = self.car
        wizard.action_apply()
        self.assertRecordValues(
            request.sudo().line_ids, [{"vin": self.car.vin, "price": 150_000}]
        )

    def test_a_car_sold_meanwhile_is_not_approved(self):
        request = self.asked(self.car)
        self.sell(self.car)
        with self.assertRaisesRegex(UserError, "not free in stock any more"):
            self.giver(request).approve()

    def test_a_promised_car_is_promised_once(self):
        first, second = self.asked(self.car), self.asked(self.car)
        self.giver(first).approve()
        with self.assertRaisesRegex(UserError, "promised to Test store A2 already"):
            self.giver(second).approve()
        self.giver(first).cancel("customer is gone")
        self.giver(second).approve()

    def test_a_promised_car_is_not_sold_to_a_customer(self):
        request = self.approved(self.car)
        with self.assertRaisesRegex(UserError, f"by transfer {request.name}"):
            self.sell(self.car)

    def test_fifty_cars_are_approved_with_few_queries(self):
        self.rule(kind="margin", percent=1)
        few = self.queries(5)
        self.assertLessEqual(self.queries(50) - few, 10)

    def queries(self, count):
        request = self.giver(self.asked(*self.receive(self.store_a1, count)))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with self.assertQueryCount(99):
            request.approve()
            self.env.flush_all()
        return self.env.cr.sql_log_count - before
