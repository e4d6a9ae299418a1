"""Every filter and every group-by of a search view can be pressed."""

from odoo.tests import tagged

from .common import VehicleCommon
from .filters import FilterCase


@tagged("post_install", "-at_install")
class TestSearchFilters(VehicleCommon, FilterCase):
    def test_they_work_for_those_who_may_see_all_and_for_one_store(self):
        for role, least in (("group_admin", 250), ("store_manager", 200)):
            with self.subTest(role=role):
                env = self.in_store(self.store_a1, role)
                self.assertGreater(self.assertFiltersWork(env, "dms_vehicle"), least)

    def test_lists_of_a_store_are_grouped_by_what_people_ask_for(self):
        for model, names in (
            ("dms.yard.site", {"company_id", "location_id"}),
            ("dms.yard.device", {"company_id", "site_id"}),
            ("dms.battery.task", {"yard_slot_id", "yard_site_id", "need"}),
            ("dms.gate.check", {"kind", "user_id"}),
        ):
            with self.subTest(model=model):
                described = self.env[model].fields_get(names)
                self.assertTrue(all(one["groupable"] for one in described.values()))
