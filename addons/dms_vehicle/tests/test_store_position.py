from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..routing import Position, to_gcj02
from .routing_common import BEIJING, NOWHERE, SHANGHAI, SUZHOU, RoutingCommon


@tagged("post_install", "-at_install")
class TestStorePosition(RoutingCommon):
    def test_exchanged_coordinates_are_refused_with_a_hint(self):
        swapped = {"dms_latitude": 87.6168, "dms_longitude": 43.8256}
        with self.assertRaisesRegex(
            ValidationError, "Try latitude 43.8256 and longitude 87.6168"
        ):
            self.store_a1.write(swapped)

    def test_exchanged_coordinates_off_the_globe_get_the_same_hint(self):
        swapped = {"dms_latitude": 121.4737, "dms_longitude": 31.2304}
        with self.assertRaisesRegex(ValidationError, "Are the two exchanged"):
            self.store_a1.write(swapped)

    def test_half_a_place_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "both the latitude and the lon"):
            self.store_a1.dms_longitude = 0

    def test_a_store_abroad_may_lie_anywhere(self):
        self.store_a1.country_id = self.env.ref("base.no")
        self.store_a1.write({"dms_latitude": 70.6, "dms_longitude": 23.7})
        self.assertEqual(self.store_a1._dms_position(), Position(70.6, 23.7))

    def test_no_coordinates_are_no_mistake(self):
        self.store_a1.write(NOWHERE)
        self.assertFalse(self.store_a1._dms_is_located())


@tagged("post_install", "-at_install")
class TestDatum(RoutingCommon):
    """Coordinates that are copied from a Chinese map."""

    def change(self, **vals):
        admin = self.user("group_admin", self.store_a1)
        wizard = self.env["dms.store.change"].with_user(admin)
        wizard.create({"company_id": self.store_a1.id, **vals}).action_apply()
        self.store_a1.invalidate_recordset()
        return self.store_a1._dms_position()

    def test_gcj_02_is_stored_as_wgs_84(self):
        drawn = to_gcj02(Position(*BEIJING.values()))
        place = self.change(
            dms_latitude=drawn.latitude,
            dms_longitude=drawn.longitude,
            dms_datum="gcj02",
        )
        self.assertAlmostEqual(place.latitude, BEIJING["dms_latitude"], 6)
        self.assertAlmostEqual(place.longitude, BEIJING["dms_longitude"], 6)

    def test_wgs_84_is_stored_as_it_is(self):
        self.assertEqual(self.change(**BEIJING), Position(*BEIJING.values()))

    def test_what_was_not_touched_is_not_shifted(self):
        place = self.change(dms_datum="gcj02", phone="021-1")
        self.assertEqual(place, Position(*SHANGHAI.values()))

    def test_a_new_store_takes_gcj_02_too(self):
        drawn = to_gcj02(Position(*BEIJING.values()))
        details = self.env["dms.store.open"].new(
            {
                "dms_latitude": drawn.latitude,
                "dms_longitude": drawn.longitude,
                "dms_datum": "gcj02",
            }
        )
        vals = details._prepare_details()
        self.assertAlmostEqual(vals["dms_latitude"], BEIJING["dms_latitude"], 6)


@tagged("post_install", "-at_install")
class TestDistanceTo(RoutingCommon):
    def test_without_router_it_is_the_great_circle_times_the_detour(self):
        way = self.store_a1._dms_distance_to(self.store_a2)
        self.assertEqual(way, {"km": 110.2, "minutes": 111, "source": "great_circle"})

    def test_the_detour_and_speed_of_the_group_count(self):
        self.group_a.write({"detour_factor": 1.0, "road_speed": 100})
        way = self.store_a1._dms_distance_to(self.store_a2)
        self.assertEqual(way, {"km": 84.8, "minutes": 51, "source": "great_circle"})

    def test_a_store_is_no_way_from_itself(self):
        way = self.store_a1._dms_distance_to(self.store_a1)
        self.assertEqual(way, {"km": 0.0, "minutes": 0, "source": "great_circle"})

    def test_a_consultant_knows_how_far_his_sister_store_is(self):
        consultant = self.user("sales_consultant", self.store_a1)
        store = self.store_a1.with_user(consultant)
        self.assertEqual(store._dms_distance_to(self.store_a2)["km"], 110.2)

    def test_a_store_without_coordinates_is_named(self):
        self.store_a2.write(NOWHERE)
        with self.assertRaisesRegex(
            UserError, "Coordinates are missing for Test store A2. A group admin"
        ):
            self.store_a1._dms_distance_to(self.store_a2)

    def test_another_group_is_refused(self):
        with self.assertRaisesRegex(UserError, "of one dealer group only"):
            self.store_a1._dms_distance_to(self.store_b1)

    def test_a_company_without_group_is_refused(self):
        with self.assertRaisesRegex(UserError, "of one dealer group only"):
            self.store_a1._dms_distance_to(self.env.ref("base.main_company"))

    def test_what_is_known_is_taken(self):
        self.row(self.store_a1, self.store_a2).write({"km": 99.5, "minutes": 80})
        way = self.store_a1._dms_distance_to(self.store_a2)
        self.assertEqual(way, {"km": 99.5, "minutes": 80, "source": "manual"})
        back = self.store_a2._dms_distance_to(self.store_a1)
        self.assertEqual(back["source"], "great_circle")

    def test_many_pairs_cost_no_more_queries_than_one(self):
        vals = [self._prepare_store(f"A{n}", self.group_a) for n in range(3, 13)]
        more = self.env["res.company"].create([v | SUZHOU for v in vals])
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            ways = self.store_a1._dms_distances(self.store_a2 | more)
        self.assertEqual(len(ways), 11)
