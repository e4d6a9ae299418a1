from psycopg2.errors import ForeignKeyViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DmsCommon


@tagged("post_install", "-at_install")
class TestDmsGroup(DmsCommon):
    def test_counts_its_stores(self):
        self.assertEqual(self.group_a.store_count, 2)
        self.store_a2.active = False
        self.group_a.invalidate_recordset(["store_count"])
        self.assertEqual(self.group_a.store_count, 1)

    def test_shows_its_stores(self):
        action = self.group_a.action_view_stores()
        found = self.env["res.company"].search(action["domain"])
        self.assertEqual(found, self.store_a1 | self.store_a2)

    @mute_logger("odoo.sql_db")
    def test_codes_are_unique(self):
        with self.assertRaises(UniqueViolation):
            self.env["dms.group"].create({"name": "Other", "code": "TA"})
        with self.assertRaises(UniqueViolation):
            self.env["dms.brand"].create({"name": "Other", "code": "TEST-1"})

    def test_a_group_with_stores_cannot_be_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(ForeignKeyViolation):
            self.group_a.unlink()


@tagged("post_install", "-at_install")
class TestDmsRegion(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.east, cls.south = cls.env["dms.region"].create(
            [
                {"name": "East", "code": "E"},
                {"name": "South of B", "dms_group_id": cls.group_b.id},
            ]
        )
        cls.shanghai = cls.env["dms.region"].create(
            {"name": "Shanghai", "parent_id": cls.east.id}
        )

    def test_the_full_name_shows_the_way_down(self):
        self.assertEqual(self.shanghai.display_name, "East / Shanghai")
        self.east.name = "East China"
        self.assertEqual(self.shanghai.display_name, "East China / Shanghai")

    def test_the_full_name_is_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.east.with_context(lang="zh_CN").name = "华东"
        chinese = self.shanghai.with_context(lang="zh_CN")
        self.assertEqual(chinese.display_name, "华东 / Shanghai")
        self.assertEqual(self.shanghai.display_name, "East / Shanghai")

    def test_a_region_is_found_by_its_name_and_by_that_above(self):
        regions = self.env["dms.region"]
        for text in ("Shang", "East"):
            found = [one for one, _name in regions.name_search(text)]
            self.assertIn(self.shanghai.id, found)

    def test_a_region_is_not_its_own_parent(self):
        with self.assertRaises(UserError):
            self.east.parent_id = self.shanghai

    def test_a_region_does_not_lie_in_that_of_another_group(self):
        with self.assertRaises(ValidationError):
            self.shanghai.parent_id = self.south

    def test_a_store_does_not_lie_in_the_region_of_another_group(self):
        self.store_b1.dms_region_id = self.south
        self.store_a1.dms_region_id = self.shanghai
        with self.assertRaises(ValidationError):
            self.store_a1.dms_region_id = self.south

    def test_staff_see_shared_regions_and_those_of_their_group(self):
        staff = self.user("dms_user", self.store_a1)
        regions = self.env["dms.region"].with_user(staff).search([])
        self.assertIn(self.shanghai, regions)
        self.assertNotIn(self.south, regions)
        staff = self.user("dms_user", self.store_b1)
        self.assertIn(self.south, self.env["dms.region"].with_user(staff).search([]))

    @mute_logger("odoo.sql_db")
    def test_codes_are_unique_in_a_group(self):
        regions = self.env["dms.region"]
        regions.create({"name": "B", "code": "E", "dms_group_id": self.group_b.id})
        with self.assertRaises(UniqueViolation):
            regions.create({"name": "Again", "code": "E"})
