"""Every filter and every group-by of a search view can be pressed."""

from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.filters import FilterCase

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFinanceSearchFilters(FloorplanCommon, FilterCase):
    def test_they_work(self):
        env = self.in_store(self.store_a1, "accountant")
        self.assertGreater(self.assertFiltersWork(env, "dms_finance"), 30)
