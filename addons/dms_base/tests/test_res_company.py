from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DmsCommon


@tagged("post_install", "-at_install")
class TestResCompany(DmsCommon):
    def test_sister_stores_are_the_other_stores_of_the_group(self):
        self.assertEqual(self.store_a1._dms_sister_stores(), self.store_a2)
        self.assertFalse(self.store_b1._dms_sister_stores())
        self.assertFalse((self.store_a1 | self.store_a2)._dms_sister_stores())

    def test_sister_stores_are_open_ones(self):
        self.store_a2.active = False
        self.assertFalse(self.store_a1._dms_sister_stores())

    def test_a_company_outside_every_group_has_no_sisters(self):
        self.assertFalse(self.env.ref("base.main_company")._dms_sister_stores())

    def test_staff_ask_for_sister_stores_they_cannot_enter(self):
        staff = self.user("parts_clerk", self.store_a1)
        sisters = self.store_a1.with_user(staff)._dms_sister_stores()
        self.assertEqual(sisters.mapped("dms_store_code"), ["A2"])

    def test_a_store_has_a_group_and_a_kind(self):
        self.assertTrue(self.store_a1.dms_is_store)
        self.store_a1.dms_group_id = False
        self.assertFalse(self.store_a1.dms_is_store)
        self.assertFalse(self.env.ref("base.main_company").dms_is_store)

    @mute_logger("odoo.sql_db")
    def test_codes_are_unique_in_a_group(self):
        self.store_b1.dms_store_code = "A1"
        with self.assertRaises(UniqueViolation):
            self.store_a2.dms_store_code = "A1"
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_coordinates_lie_on_earth(self):
        self.store_a1.write({"dms_latitude": 31.2303904, "dms_longitude": 121.4737021})
        self.env.flush_all()
        self.assertEqual(self.store_a1.dms_longitude, 121.4737021)
        for name, value in (("dms_latitude", 90.1), ("dms_longitude", -180.1)):
            with (
                self.subTest(field=name),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.store_a1[name] = value
                self.env.flush_all()

    def test_goods_between_sister_stores_pass_the_inter_company_transit(self):
        self.assertShipsThroughTransit(self.store_a1, self.store_a2)
        self.assertShipsThroughTransit(self.store_a2, self.store_a1)

    def test_a_store_that_joins_a_group_is_connected(self):
        for one, other in (
            (self.store_b1, self.store_a1),
            (self.store_a1, self.store_b1),
        ):
            other.partner_id.with_company(one).property_stock_customer = False
        self.store_b1.dms_group_id = self.group_a
        self.assertShipsThroughTransit(self.store_b1, self.store_a1)
        self.assertShipsThroughTransit(self.store_a1, self.store_b1)

    def assertShipsThroughTransit(self, store, partner_store):
        transit = self.env.ref("stock.stock_location_inter_company")
        partner = partner_store.partner_id.with_company(store)
        self.assertEqual(partner.property_stock_customer, transit)
        self.assertEqual(partner.property_stock_supplier, transit)
        self.assertTrue(transit.active)
