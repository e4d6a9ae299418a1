from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dms_base.tests.screens import ScreenCase

from ..routing import Position, to_gcj02
from .routing_common import NOWHERE, SHANGHAI, RoutingCommon


@tagged("post_install", "-at_install")
class TestStoreMap(RoutingCommon):
    def map_of(self, role, store):
        user = self.user(role, store)
        return self.env["dms.store.map"].with_user(user)

    def shown(self, role="sales_consultant", store=None):
        answer = self.map_of(role, store or self.store_a1).dms_stores()
        return {one["code"]: one for one in answer["stores"]}

    def test_it_shows_the_stores_of_the_own_group(self):
        self.assertEqual(list(self.shown()), ["A1", "A2"])
        self.assertEqual(list(self.shown(store=self.store_b1)), ["B1"])

    def test_it_shows_where_they_are(self):
        store = self.shown()["A1"]
        self.assertEqual(store["latitude"], SHANGHAI["dms_latitude"])
        self.assertEqual(store["longitude"], SHANGHAI["dms_longitude"])

    def test_a_store_without_coordinates_is_listed(self):
        self.store_a2.write(NOWHERE)
        store = self.shown()["A2"]
        self.assertIsNone(store["latitude"])
        self.assertIsNone(store["longitude"])

    def test_cars_are_counted_where_the_user_may_see_them(self):
        self.receive(self.store_a1, count=2)
        self.receive(self.store_a2)
        stores = self.shown()
        self.assertEqual(stores["A1"]["cars"], 2)
        self.assertIsNone(stores["A2"]["cars"])

    def test_no_car_is_a_number(self):
        self.assertEqual(self.shown()["A1"]["cars"], 0)

    def test_tiles_of_amap_shift_the_stores_with_them(self):
        self.group_a.tiles_datum = "gcj02"
        store = self.shown()["A1"]
        drawn = to_gcj02(Position(*SHANGHAI.values()))
        self.assertEqual((store["latitude"], store["longitude"]), tuple(drawn))

    def test_without_setting_nobody_outside_is_called(self):
        answer = self.map_of("sales_consultant", self.store_a1).dms_stores()
        self.assertEqual(answer["tiles"], {"url": "", "source": ""})

    def test_only_the_group_admin_manages(self):
        for role, expected in (("store_manager", False), ("group_admin", True)):
            answer = self.map_of(role, self.store_a1).dms_stores()
            self.assertEqual(answer["can_manage"], expected)

    def test_ways_lead_there_and_back(self):
        stores = self.map_of("sales_consultant", self.store_a1)
        ways = stores.dms_ways((self.store_a1 | self.store_a2).ids)
        self.assertEqual(
            [(way["from"], way["to"], way["km"]) for way in ways],
            [
                (self.store_a1.id, self.store_a2.id, 110.2),
                (self.store_a2.id, self.store_a1.id, 110.2),
            ],
        )

    def test_one_store_has_no_way(self):
        stores = self.map_of("sales_consultant", self.store_a1)
        self.assertEqual(stores.dms_ways(self.store_a1.ids), [])

    def test_ways_to_another_group_are_refused(self):
        stores = self.map_of("sales_consultant", self.store_a1)
        with self.assertRaisesRegex(AccessError, "no store of your dealer group"):
            stores.dms_ways((self.store_a1 | self.store_b1).ids)

    def test_customers_have_no_map(self):
        portal = self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "map.customer",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        stores = self.env["dms.store.map"].with_user(portal)
        with self.assertRaisesRegex(AccessError, "for the staff"):
            stores.dms_stores()
        with self.assertRaisesRegex(AccessError, "for the staff"):
            stores.dms_ways(self.stores.ids)

    def test_who_works_in_no_group_sees_an_empty_map(self):
        company = self.env.ref("base.main_company")
        company.dms_group_id = False
        user = self.user("sales_consultant", self.store_a1)
        user.write({"company_id": company.id, "company_ids": [(6, 0, company.ids)]})
        answer = self.env["dms.store.map"].with_user(user).dms_stores()
        self.assertEqual(answer["stores"], [])
        self.assertFalse(answer["can_manage"])

    def test_more_stores_cost_no_more_queries(self):
        stores = self.map_of("sales_consultant", self.store_a1)
        self.env.invalidate_all()
        stores.dms_stores()
        vals = [self._prepare_store(f"A{n}", self.group_a) for n in range(3, 13)]
        self.env["res.company"].create([v | SHANGHAI for v in vals])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            stores.dms_stores()


@tagged("post_install", "-at_install")
class TestStoreMapScreens(RoutingCommon, ScreenCase):
    """Looked at by a sales consultant, without network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.look_as(cls.user("sales_consultant", cls.store_a1))

    def test_the_map_shows_pins_and_a_grid(self):
        self.assertShows("store-map", ".o_dms_pin_label", "A2")
        self.assertShows("store-map", ".o_dms_degree", "°N")

    def test_the_map_lists_the_stores(self):
        self.assertShows("store-map", ".o_dms_store_row", "Test store A1")

    def test_distances_are_a_list(self):
        self.assertShows("store-distances", ".o_data_row", "110.2")
