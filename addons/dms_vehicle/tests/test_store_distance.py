from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.audit_common import entries_of

from .routing_common import BEIJING, NOWHERE, SUZHOU, RoutingCommon


@tagged("post_install", "-at_install")
class TestStoreDistance(RoutingCommon):
    """Each pair of stores of a group has a distance there and one back."""

    def pairs(self, *stores):
        ids = [store.id for store in stores]
        rows = self.distances.search([("company_id", "in", ids)])
        return {
            (row.company_id.dms_store_code, row.to_company_id.dms_store_code)
            for row in rows
        }

    def test_stores_with_coordinates_are_estimated_at_once(self):
        row = self.row(self.store_a1, self.store_a2)
        self.assertRecordValues(
            row, [{"km": 110.2, "minutes": 111, "source": "great_circle"}]
        )
        self.assertFalse(row.as_of)

    def test_there_and_back_are_two(self):
        self.assertEqual(self.pairs(*self.stores), {("A1", "A2"), ("A2", "A1")})

    def test_a_new_store_is_measured(self):
        vals = self._prepare_store("A3", self.group_a) | BEIJING
        store = self.env["res.company"].create(vals)
        self.assertEqual(self.pairs(store), {("A3", "A1"), ("A3", "A2")})

    def test_a_store_that_moves_is_estimated_anew(self):
        row = self.row(self.store_a1, self.store_a2)
        row.write({"km": 99, "minutes": 80})
        self.store_a2.write(BEIJING)
        self.assertEqual(row.source, "great_circle")
        self.assertGreater(row.km, 1300)

    def test_a_store_that_stays_keeps_what_is_known(self):
        row = self.row(self.store_a1, self.store_a2)
        row.write({"km": 99, "minutes": 80})
        self.store_a2.write({**SUZHOU, "phone": "0512-1"})
        self.distances._refresh(self.group_a)
        self.assertRecordValues(row, [{"km": 99, "minutes": 80, "source": "manual"}])

    def test_a_store_that_loses_its_coordinates_has_no_distance(self):
        self.store_a2.write(NOWHERE)
        self.assertFalse(self.pairs(*self.stores))

    def test_a_closed_store_has_no_distance(self):
        self.store_a2.action_archive()
        self.assertFalse(self.pairs(self.store_a1, self.store_a2))

    def test_a_store_that_changes_its_group_takes_no_distance_along(self):
        self.store_a2.dms_group_id = self.group_b
        expected = {("A2", "B1"), ("B1", "A2")}
        self.assertEqual(self.pairs(*self.stores), expected)

    def test_a_store_that_leaves_its_group_has_no_distance(self):
        self.store_a2.dms_group_id = False
        self.assertFalse(self.pairs(*self.stores))

    def test_a_company_that_is_deleted_takes_its_distances_along(self):
        self.distances.flush_model()
        self.store_a2.dms_store_kind = False
        self.assertFalse(self.pairs(self.store_a2))

    def test_another_detour_changes_what_is_estimated(self):
        self.settings(detour_factor=1.0)
        self.assertEqual(self.row(self.store_a1, self.store_a2).km, 84.8)

    def settings(self, role="group_admin", **vals):
        user = self.user(role, self.store_a1)
        wizard = (
            self.env["dms.routing.settings"]
            .with_user(user)
            .create(
                {"detour_factor": 1.3, "road_speed": 60, "tiles_datum": "wgs84", **vals}
            )
        )
        return wizard.action_apply()

    def test_settings_begin_with_what_is_set(self):
        self.group_a.write({"road_speed": 70, "tiles_url": "/t/{z}/{x}/{y}.png"})
        admin = self.user("group_admin", self.store_a1)
        form = Form(self.env["dms.routing.settings"].with_user(admin))
        self.assertEqual(form.dms_group_id, self.group_a)
        self.assertEqual((form.road_speed, form.detour_factor), (70, 1.3))
        self.assertEqual(form.tiles_url, "/t/{z}/{x}/{y}.png")

    def test_settings_are_the_group_admins(self):
        with self.assertRaises(AccessError):
            self.settings(role="store_manager")

    def test_settings_of_another_group_are_out_of_reach(self):
        with self.assertRaisesRegex(AccessError, "You do not manage"):
            self.settings(dms_group_id=self.group_b.id)
        self.assertEqual(self.group_b.detour_factor, 1.3)

    def test_tiles_need_an_address_with_places(self):
        for url, reason in (
            ("https://tiles.example/{z}/{x}.png", "lacks {y}. It looks like https"),
            ("javascript:alert(1)", "begins with https"),
            ("https://tiles.example/{z}/{x}/{y}?k={key}", "has {key}, which nobody"),
        ):
            with (
                self.subTest(url=url),
                self.assertRaisesRegex(ValidationError, reason),
                self.env.cr.savepoint(),
            ):
                self.settings(tiles_url=url)
        self.assertFalse(self.group_a.tiles_url)

    @mute_logger("odoo.sql_db")
    def test_detour_and_speed_have_bounds(self):
        for vals in ({"detour_factor": 0.9}, {"detour_factor": 4}, {"road_speed": 0}):
            with (
                self.subTest(**vals),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.group_a.write(vals)
                self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_a_pair_has_one_distance(self):
        pair = {"company_id": self.store_a1.id, "to_company_id": self.store_a2.id}
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.distances.create(pair)

    @mute_logger("odoo.sql_db")
    def test_a_distance_is_never_negative(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.row(self.store_a1, self.store_a2).km = -1
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestStoreDistanceAccess(RoutingCommon):
    def seen_by(self, role, store):
        return self.distances.with_user(self.user(role, store)).search([])

    def test_all_staff_of_the_group_read_its_pairs(self):
        for role in ("dms_user", "technician", "sales_consultant", "auditor"):
            rows = self.seen_by(role, self.store_a2)
            self.assertEqual(len(rows), 2, role)
            self.assertEqual(
                rows[0].display_name, "Test store A1 → Test store A2", role
            )

    def test_another_group_sees_nothing(self):
        self.assertFalse(self.seen_by("group_admin", self.store_b1))

    def test_names_of_sister_stores_are_read_without_reading_the_store(self):
        user = self.user("sales_consultant", self.store_a1)
        spec = {"to_company_id": {"fields": {"display_name": {}}}, "km": {}}
        row = self.row(self.store_a1, self.store_a2).with_user(user)
        read = row.web_read(spec)[0]
        self.assertEqual(read["to_company_id"]["display_name"], "Test store A2")
        with self.assertRaises(AccessError):
            self.store_a2.with_user(user).read(["name"])

    def test_a_sister_store_is_found_by_its_name(self):
        user = self.user("sales_consultant", self.store_a1)
        named = [("to_company_id.name", "ilike", "store A2")]
        self.assertEqual(len(self.distances.with_user(user).search(named)), 1)

    def test_the_group_admin_knows_better_than_an_estimate(self):
        admin = self.user("group_admin", self.store_a1)
        row = self.row(self.store_a1, self.store_a2).with_user(admin)
        row.write({"km": 105, "minutes": 95})
        self.assertEqual(row.source, "manual")
        self.assertTrue(row.as_of)

    def test_what_is_typed_is_noted_in_the_audit(self):
        admin = self.user("group_admin", self.store_a1)
        row = self.row(self.store_a1, self.store_a2).with_user(admin)
        row.write({"km": 105})
        noted = entries_of(self.env, model=row._name, res_id=row.id)
        self.assertEqual(noted.user_id, admin)

    def test_nobody_else_changes_a_distance(self):
        for role in ("store_manager", "sales_manager", "auditor"):
            row = self.row(self.store_a1, self.store_a2)
            with self.subTest(role=role), self.assertRaises(AccessError):
                row.with_user(self.user(role, self.store_a1)).km = 1

    def test_nobody_makes_or_deletes_a_distance(self):
        admin = self.user("group_admin", self.store_a1)
        row = self.row(self.store_a1, self.store_a2).with_user(admin)
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            row.copy()

    def test_only_the_group_admin_measures_again(self):
        manager = self.user("store_manager", self.store_a1)
        with self.assertRaises(AccessError):
            self.distances.with_user(manager).action_refresh()
        admin = self.user("group_admin", self.store_a1)
        answer = self.distances.with_user(admin).action_refresh()
        self.assertIn("No router is connected", answer["params"]["message"])
