"""Sales finds cars of the whole dealer group, and of them chosen columns only."""

import json

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from .common import new_vin
from .pipeline_common import PipelineCommon

COLUMNS = {
    "id",
    "display_name",
    "company_id",
    "store",
    "city",
    "phone",
    "vin_end",
    "vin_typed",
    "product_id",
    "series_id",
    "brand_id",
    "kind",
    "model_year",
    "state",
    "received_date",
    "expected_date",
    "days_in_stock",
    "age_band",
    "currency_id",
    "msrp",
}
# an auditor reads all records of dealers, as everywhere
MAY_SEE = {"sales_manager", "store_manager", "group_admin", "auditor"}


@tagged("post_install", "-at_install")
class TestGroupCar(PipelineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.receive(cls.store_a2)
        cls.here = cls.receive(cls.store_a1)
        cls.stranger = cls.receive(cls.store_b1)
        cls.cars = (cls.there | cls.here | cls.stranger).ids
        for env in (
            cls.manager,
            cls.consultant,
            cls.in_store(cls.store_b1, "sales_manager"),
        ):
            env.user.sudo().group_ids += cls.env.ref("base.group_allow_export")
        cls.env.flush_all()

    def found(self, env, *domain):
        cars = env["dms.group.car"]
        return cars.search([("id", "in", self.cars), *domain])

    def test_a_manager_sees_all_stores_of_his_group_and_no_other(self):
        self.assertEqual(
            set(self.found(self.manager).ids), {self.there.id, self.here.id}
        )

    def test_he_sees_them_whatever_store_he_has_chosen(self):
        env = self.manager
        cars = self.found(env).read(["store", "vin_end", "state", "msrp", "age_band"])
        other = next(car for car in cars if car["id"] == self.there.id)
        self.assertEqual(other["store"], self.store_a2.name)
        self.assertEqual(other["vin_end"], self.there.vin[-6:])
        self.assertEqual((other["state"], other["age_band"]), ("in_stock", "fresh"))
        self.assertEqual(other["msrp"], self.there.msrp)

    def test_there_are_no_other_columns(self):
        self.assertEqual(set(self.env["dms.group.car"]._fields), COLUMNS)

    def test_no_column_leads_to_the_car_its_cost_or_its_papers(self):
        models = {f.comodel_name for f in self.env["dms.group.car"]._fields.values()}
        self.assertEqual(
            models - {None},
            {
                "res.company",
                "product.product",
                "product.category",
                "dms.brand",
                "res.currency",
            },
        )
        car = self.there.with_env(self.manager)
        with self.assertRaises(AccessError):
            car.read(["vin"])
        with self.assertRaises(AccessError):
            car.lot_id.read(["standard_price"])

    def test_who_may(self):
        for role in ROLES:
            cars = self.in_store(self.store_a1, role)["dms.group.car"]
            self.assertEqual(cars.has_access("read"), role in MAY_SEE, role)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(cars.has_access(operation), (role, operation))

    def test_a_consultant_without_the_right_reaches_nothing(self):
        cars = self.consultant["dms.group.car"]
        car = cars.browse(self.there.id)
        for reach in (
            lambda: cars.search([]),
            lambda: cars.search_count([]),
            lambda: car.read(["store"]),
            lambda: cars.web_search_read([], {"store": {}}),
            lambda: cars.formatted_read_group([], ["store"], ["__count"]),
            lambda: cars.name_search(""),
            lambda: car.export_data(["store"]),
        ):
            with self.assertRaises(AccessError):
                reach()

    def test_a_consultant_with_the_right_sees_the_group(self):
        user = self.user("sales_consultant", self.store_a1)
        user.group_ids -= self.env.ref("base.group_allow_export")
        admin = self.user("group_admin", self.store_a1)
        wizard = self.env["dms.staff.change"].with_user(admin)
        wizard = wizard.create({"user_id": user.id})
        right = self.env.ref("dms_vehicle.group_group_stock")
        wizard.role_ids = [Command.link(right.id)]
        wizard.action_apply()
        self.assertTrue(user.has_group("dms_vehicle.group_group_stock"))
        env = self.in_store(self.store_a1, "sales_consultant")
        self.assertIn(self.there.id, self.found(env).ids)
        self.assertFalse(env["dms.vehicle"].search([("id", "=", self.there.id)]))

    def test_another_group_is_invisible_by_every_way(self):
        env = self.in_store(self.store_b1, "sales_manager")
        cars = env["dms.group.car"]
        ours = [("id", "in", (self.there | self.here).ids)]
        self.assertFalse(cars.search(ours))
        self.assertFalse(cars.search_count(ours))
        self.assertFalse(cars.name_search("", ours))
        self.assertFalse(cars.web_search_read(ours, {"store": {}})["records"])
        self.assertEqual(
            cars.formatted_read_group(ours, [], ["__count"])[0]["__count"], 0
        )
        for car in cars.browse(self.there.id), cars.browse(self.here.id):
            with self.assertRaises(AccessError):
                car.read(["store"])
            with self.assertRaises(AccessError):
                car.export_data(["store"])

    def test_a_store_that_leaves_the_group_is_gone_at_once(self):
        self.store_a2.dms_group_id = self.group_b
        self.env.flush_all()
        self.assertEqual(self.found(self.manager).ids, self.here.ids)

    def test_what_nobody_can_get_is_not_shown(self):
        sold = self.receive(self.store_a2)
        self.sell(sold).picking_ids.button_validate()
        customer = self.env["dms.vehicle"].create({"vin": new_vin()})
        hidden = self.receive(self.store_a2)
        hidden.active = False
        self.env.flush_all()
        gone = sold | customer | hidden
        self.assertFalse(self.manager["dms.group.car"].search([("id", "in", gone.ids)]))

    def test_coming_cars_are_shown(self):
        order, vin = self.order(self.store_a2), new_vin()
        self.announce(order, vin)
        self.env.flush_all()
        found = self.manager["dms.group.car"].search([("vin_end", "=", vin[-6:])])
        self.assertEqual(found.mapped("state"), ["in_transit"])

    @freeze_time("2026-06-30")
    def test_age_is_coloured_by_the_limits_of_the_store_that_has_it(self):
        with freeze_time("2026-05-01"):
            car = self.receive(self.store_a2)
        self.store_a2.write({"dms_age_warn_days": 10, "dms_age_limit_days": 20})
        self.env.flush_all()
        cars = self.manager["dms.group.car"]
        found = cars.search([("age_band", "=", "old"), ("id", "=", car.id)])
        self.assertEqual((found.age_band, found.days_in_stock), ("old", 60))

    def test_all_its_screens_open(self):
        cars = self.manager["dms.group.car"]
        for view in ("list", "kanban", "search", "pivot", "graph"):
            self.assertTrue(cars.get_view(view_type=view)["arch"])
        groups = cars.web_read_group([("id", "in", self.cars)], ["store"], ["__count"])[
            "groups"
        ]
        names = {group["store"] for group in groups}
        self.assertEqual(names, {self.store_a1.name, self.store_a2.name})

    def test_a_list_costs_the_same_for_many(self):
        columns = dict.fromkeys(COLUMNS - {"company_id", "display_name"}, {})

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.manager["dms.group.car"].web_search_read([], columns)
            return self.env.cr.sql_log_count - before

        cost()
        few = cost()
        self.receive(self.store_a1, 10)
        self.assertLessEqual(cost(), few)


@tagged("post_install", "-at_install")
class TestGroupCarRpc(PipelineCommon, HttpCase):
    """By RPC nobody gets more than by the screens."""

    def setUp(self):
        super().setUp()
        self.there = self.receive(self.store_a2)
        self.env.flush_all()

    def ask(self, role, store, method, **kwargs):
        user = self.user(role, store)
        user.password = user.login
        self.authenticate(user.login, user.login)
        body = {
            "params": {
                "model": "dms.group.car",
                "method": method,
                "args": [],
                "kwargs": kwargs,
            }
        }
        answer = self.url_open(
            f"/web/dataset/call_kw/dms.group.car/{method}",
            json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    @mute_logger("odoo.http")
    def test_by_rpc(self):
        mine = {"domain": [("id", "=", self.there.id)]}
        found = self.ask("sales_manager", self.store_a1, "search_read", **mine)
        (car,) = found["result"]
        self.assertEqual(set(car), COLUMNS)
        text = json.dumps(car)
        self.assertNotIn(self.there.vin, text)
        self.assertNotIn("150000", text)
        refused = self.ask("sales_consultant", self.store_a1, "search_read", **mine)
        self.assertIn("error", refused)
        other = self.ask("sales_manager", self.store_b1, "search_read", **mine)
        self.assertEqual(other["result"], [])
