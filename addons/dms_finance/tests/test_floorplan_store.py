"""From the stores to the cars that lenders have paid there."""

from odoo.tests import tagged

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanStore(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draw(cls.receive(cls.store_a1, 2), 100_000)

    def seen(self, role, store):
        return self.store_a1.with_env(self.in_store(store, role))

    def test_a_store_shows_what_lenders_have_paid(self):
        store = self.seen("store_manager", self.store_a1)
        self.assertEqual(store.dms_financed_count, 2)
        self.assertEqual(store.dms_financed_amount, 200_000)

    def test_the_button_opens_its_cars(self):
        store = self.seen("accountant", self.store_a1)
        action = store.action_dms_view_floorplan()
        found = store.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(found), 2)

    def test_another_store_sees_none_of_them(self):
        self.assertEqual(self.seen("accountant", self.store_a2).dms_financed_count, 0)

    def test_a_consultant_is_not_told(self):
        store = self.seen("sales_consultant", self.store_a1)
        self.assertNotIn("dms_financed_count", store.fields_get())
