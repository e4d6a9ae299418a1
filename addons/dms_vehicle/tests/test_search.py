"""The one search box: VIN, its last characters, plate, owner's name or phone."""

from odoo.tests import tagged

from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestSearch(VehicleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "13900001234"
        cls.car, cls.other = cls.env["dms.vehicle"].create(
            [
                {
                    "vin": new_vin(),
                    "plate": "苏A·D1234",
                    "owner_id": cls.customer.id,
                    "product_id": cls.white.id,
                    "company_id": cls.store_a1.id,
                },
                {
                    "vin": new_vin(),
                    "plate": "沪B·99887",
                    "product_id": cls.black.id,
                    "company_id": cls.store_a2.id,
                },
            ]
        )
        cls.cars = cls.in_store(cls.store_a1, "sales_consultant")["dms.vehicle"]

    def assertFinds(self, text, car):
        self.assertEqual(
            [hit["vin"] for hit in self.cars.find(text)], car.mapped("vin")
        )

    def test_whole_vin(self):
        self.assertFinds(self.car.vin, self.car)

    def test_vin_as_it_is_written_by_hand(self):
        vin = self.car.vin.lower()
        self.assertFinds(f" {vin[:3]} {vin[3:9]}-{vin[9:]} ", self.car)

    def test_last_six_to_eight_characters(self):
        for length in (6, 7, 8):
            self.assertFinds(self.car.vin[-length:], self.car)

    def test_plate_with_and_without_dot_and_province(self):
        for text in ("苏A·D1234", "苏AD1234", "苏aD12", "AD1234", "D1234"):
            self.assertFinds(text, self.car)

    def test_owner_by_name_and_phone(self):
        self.assertFinds("李娜", self.car)
        self.assertFinds("13900001234", self.car)

    def test_one_character_is_no_question(self):
        self.assertFinds("L", self.cars)
        self.assertFinds("  ", self.cars)

    def test_other_stores_cars_stay_hidden(self):
        self.assertFinds(self.other.vin, self.cars)
        self.assertFinds(self.other.vin[-6:], self.cars)
        self.assertFinds("沪B99887", self.cars)

    def test_hit_says_what_and_where_the_car_is(self):
        (hit,) = self.cars.find(self.car.vin)
        self.assertEqual(hit["plate"], "苏AD1234")
        self.assertEqual(hit["store"], self.store_a1.name)
        self.assertIn("E5-W", hit["model"])

    def test_name_search_of_a_many2one_understands_the_same(self):
        found = self.cars.name_search(self.car.vin[-6:])
        self.assertEqual([id_ for id_, _name in found], self.car.ids)

    def test_queries_do_not_grow_with_the_hits(self):
        self.cars.find(self.car.vin)
        self.env["dms.vehicle"].create(
            [
                {
                    "vin": new_vin(),
                    "owner_id": self.customer.id,
                    "product_id": self.white.id,
                    "company_id": self.store_a1.id,
                }
                for _n in range(7)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            self.assertEqual(len(self.cars.find("李娜")), 8)
