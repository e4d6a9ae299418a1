"""The board of a store: columns, colours by its own limits, few queries."""

from psycopg2.errors import CheckViolation

from odoo.fields import Domain
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import new_vin
from .pipeline_common import PipelineCommon

CARD = {
    "vin": {},
    "product_id": {"fields": {"display_name": {}}},
    "days_in_stock": {},
    "age_band": {},
    "msrp": {},
    "state": {},
    "expected_date": {},
}


@tagged("post_install", "-at_install")
class TestBoard(PipelineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env.ref("dms_vehicle.dms_vehicle_action_pipeline")

    def received_on(self, *days, store=None):
        cars = self.env["dms.vehicle"]
        for day in days:
            with freeze_time(day):
                cars |= self.receive(store or self.store_a1).with_env(self.env)
        return cars

    def board(self, env=None, extra=()):
        cars = (env or self.manager)["dms.vehicle"]
        domain = safe_eval(self.action.domain)
        return cars.with_context(read_group_expand=True).web_read_group(
            [*domain, *extra],
            groupby=["state"],
            aggregates=["__count"],
            auto_unfold=True,
            unfold_read_specification=CARD,
            unfold_read_default_limit=40,
        )["groups"]

    def test_a_column_is_asked_for_by_its_own_condition_alone(self):
        """Else the database expects many cars where there are few, and reads all."""
        cars = self.env["dms.vehicle"]
        domain = Domain(safe_eval(self.action.domain))
        for state in ("delivered", "in_stock"):
            query = cars._search(domain & Domain("state", "=", state))
            self.assertNotIn(" OR ", query.select().code)

    def test_what_is_not_asked_for_changes_no_answer(self):
        self.receive(self.store_a1, 2)
        delivered = self.receive(self.store_a1)
        self.sell(delivered).picking_ids.button_validate()
        board = Domain(safe_eval(self.action.domain))
        cars = self.env["dms.vehicle"]
        for states in (["delivered"], ["in_stock", "sold"], ["external"], []):
            column = Domain("state", "in", states)
            for domain in (column & board, column & ~board, ~column & board):
                found, every = cars.search(domain), cars.search([])
                self.assertEqual(set(found), set(every.filtered_domain(domain)))

    # Ageing

    @freeze_time("2026-06-30")
    def test_bands_follow_the_limits_of_the_store(self):
        cars = self.received_on("2026-06-29", "2026-04-30", "2026-03-01")
        self.assertEqual(cars.mapped("age_band"), ["fresh", "ageing", "old"])
        self.store_a1.write({"dms_age_warn_days": 0, "dms_age_limit_days": 30})
        cars.invalidate_recordset(["age_band"])
        self.assertEqual(cars.mapped("age_band"), ["ageing", "old", "old"])

    @freeze_time("2026-06-30")
    def test_filters_follow_the_same_limits(self):
        here = self.received_on("2026-06-29", "2026-04-30", "2026-03-01")
        there = self.received_on("2026-04-30", store=self.store_a2)
        cars = here | there
        self.store_a2.write({"dms_age_warn_days": 10, "dms_age_limit_days": 20})

        def found(*bands):
            domain = [("age_band", "in", bands), ("id", "in", cars.ids)]
            return self.env["dms.vehicle"].search(domain)

        self.assertEqual(found("fresh"), here[0])
        self.assertEqual(found("ageing"), here[1])
        self.assertEqual(found("old"), here[2] | there)
        self.assertEqual(found("fresh", "ageing", "old"), cars)
        for car in cars:
            self.assertIn(car, found(car.age_band))

    def test_cars_that_do_not_stand_here_have_no_band(self):
        coming = self.announce(self.order(self.store_a1), new_vin())
        gone = self.receive(self.store_a1)
        self.sell(gone).picking_ids.button_validate()
        self.assertEqual((coming | gone).mapped("age_band"), [False, False])
        bands = [("age_band", "!=", False), ("id", "in", (coming | gone).ids)]
        self.assertFalse(self.env["dms.vehicle"].search(bands))

    def test_the_second_limit_is_not_below_the_first(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.store_a1.write({"dms_age_warn_days": 90, "dms_age_limit_days": 60})
            self.env.flush_all()

    def test_the_group_admin_sets_the_limits(self):
        admin = self.in_store(self.store_a1, "group_admin")
        wizard = admin["dms.store.change"].create({"company_id": self.store_a1.id})
        self.assertEqual(wizard.dms_age_limit_days, 90)
        wizard.write({"dms_age_warn_days": 30, "dms_age_limit_days": 45})
        wizard.action_apply()
        self.assertEqual(self.store_a1.dms_age_limit_days, 45)

    def test_no_view_knows_a_number_of_days(self):
        views = self.env["ir.ui.view"].search([("model", "=", "dms.vehicle")])
        for view in views:
            self.assertNotIn("days_in_stock &gt;", view.arch_db, view.name)
            self.assertNotIn("days_in_stock.raw_value &gt;", view.arch_db, view.name)

    def test_a_car_without_a_model_has_no_price(self):
        car = self.env["dms.vehicle"].create({"vin": new_vin()})
        self.assertFalse(car.msrp)

    # Board

    def test_columns_are_steps_in_their_order(self):
        order = self.order(self.store_a1, 3)
        vin = new_vin()
        self.push(self.report(order, "in_production", vin=new_vin()))
        self.push(self.report(order, "built", vin=vin))
        self.push(self.report(order, "shipped", vin=new_vin()))
        self.sell(self.receive(self.store_a1))
        self.receive(self.store_a1)
        self.sell(self.receive(self.store_a1)).picking_ids.button_validate()
        groups = self.board()
        self.assertEqual(
            [group["state"] for group in groups],
            ["ordered", "produced", "in_transit", "in_stock", "allocated", "delivered"],
        )
        produced = groups[1]["__records"]
        self.assertEqual([car["vin"] for car in produced], [vin])

    def test_cars_delivered_long_ago_are_never_loaded(self):
        with freeze_time("2026-01-01"):
            car = self.receive(self.store_a1)
            self.sell(car).picking_ids.button_validate()
        states = [group["state"] for group in self.board()]
        self.assertNotIn("delivered", states)
        self.assertIn("search_default_open", self.action.context)

    def test_a_consultant_and_a_store_see_their_own(self):
        self.receive(self.store_a1)
        self.receive(self.store_a2)
        for role in ("sales_consultant", "sales_manager", "store_manager"):
            groups = self.board(self.in_store(self.store_a1, role))
            cars = [car["id"] for group in groups for car in group["__records"]]
            stores = self.env["dms.vehicle"].browse(cars).company_id
            self.assertEqual(stores, self.store_a1, role)

    def test_a_manager_of_two_stores_sees_both(self):
        self.receive(self.store_a1)
        self.receive(self.store_a2)
        user = self.user("sales_manager", self.store_a1)
        user.company_ids = self.store_a1 | self.store_a2
        both = (self.store_a1 | self.store_a2).ids
        env = self.env(user=user, context={"allowed_company_ids": both})
        (group,) = self.board(env, [("state", "=", "in_stock")])
        self.assertEqual(group["__count"], 2)

    def test_every_card_costs_the_same_queries(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.board()
            return self.env.cr.sql_log_count - before

        self.receive(self.store_a1, 2)
        cost()
        few = cost()
        self.receive(self.store_a1, 15)
        cost()
        self.assertLessEqual(cost(), few)

    def test_the_filters_of_the_screen_work(self):
        arch = self.env["dms.vehicle"].get_view(view_type="search")["arch"]
        for name in ("ageing", "old", "late", "to_pay", "by_order_type", "by_arrival"):
            self.assertIn(f'name="{name}"', arch)
        car = self.announce(self.order(self.store_a1), new_vin())
        car.expected_date = "2020-01-01"
        late = [("expected_date", "<", "today"), ("id", "=", car.id)]
        self.assertTrue(self.manager["dms.vehicle"].search(late))

    def test_the_car_shows_when_it_has_to_be_paid(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        form = Form(car.with_env(self.manager))
        self.assertTrue(form.adoption_date)
        self.assertEqual(form.order_type_id.code, "stock")
