"""What a person reads when a VIN cannot be right, in Chinese and in English."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..vin import with_check_digit
from .common import VehicleCommon, new_vin

GOOD = with_check_digit("LFV2A21K0A3092399")
BAD_DIGIT = GOOD[:8] + ("0" if GOOD[8] != "0" else "1") + GOOD[9:]


@tagged("post_install", "-at_install")
class TestVin(VehicleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["dms_vehicle"], ["zh_CN"])

    def refusal(self, vin, lang="en_US"):
        vehicles = self.env["dms.vehicle"].with_context(lang=lang)
        with self.assertRaises(ValidationError) as caught:
            vehicles.create({"vin": vin, "company_id": self.store_a1.id})
        return str(caught.exception)

    def test_any_way_of_writing_becomes_the_standard_form(self):
        for text in (GOOD.lower(), f" {GOOD[:3]} {GOOD[3:9]}-{GOOD[9:]} "):
            self.assertEqual(self.env["dms.vehicle"]._checked_vin(text), GOOD)

    def test_no_vin(self):
        self.assertEqual(self.refusal(""), "Enter a VIN.")
        self.assertEqual(self.refusal(False, "zh_CN"), "请输入车架号。")

    def test_too_short(self):
        self.assertEqual(
            self.refusal("LFV2A21K"),
            "VIN LFV2A21K: a VIN has 17 characters, this one has only 8.",
        )
        self.assertEqual(
            self.refusal("LFV2A21K", "zh_CN"),
            "车架号 LFV2A21K：车架号为 17 位，此处只有 8 位。",
        )

    def test_too_long(self):
        self.assertIn("this one has 18", self.refusal(GOOD + "1"))
        self.assertIn("此处有 18 位", self.refusal(GOOD + "1", "zh_CN"))

    def test_letter_that_no_vin_has(self):
        vin = "LFV2A21KOA3092399"
        self.assertIn("the letter O at position 9", self.refusal(vin))
        self.assertIn("第 9 位的字母 O", self.refusal(vin, "zh_CN"))

    def test_character_that_is_no_letter(self):
        vin = "LFV2A21K*A3092399"
        self.assertIn("* at position 9 is neither", self.refusal(vin))
        self.assertIn("既不是数字也不是字母", self.refusal(vin, "zh_CN"))

    def test_wrong_check_digit_says_which_would_be_right(self):
        self.assertIn(f"should be {GOOD[8]}", self.refusal(BAD_DIGIT))
        self.assertIn(f"应为 {GOOD[8]}", self.refusal(BAD_DIGIT, "zh_CN"))

    def test_letter_in_the_serial_number(self):
        vin = with_check_digit("LFV2A21K0A309239X")
        self.assertIn("X at position 17 must be a digit", self.refusal(vin))
        self.assertIn("第 17 位的“X”必须是数字", self.refusal(vin, "zh_CN"))

    def test_year_and_maker_are_read_from_the_vin(self):
        car = self.env["dms.vehicle"].create({"vin": GOOD})
        self.assertRecordValues(
            car, [{"vin_maker": "FAW-Volkswagen", "model_year": 2010}]
        )

    def test_the_model_knows_better_than_the_vin(self):
        car = self.env["dms.vehicle"].create({"vin": GOOD, "product_id": self.white.id})
        self.assertRecordValues(
            car,
            [
                {
                    "model_year": 2026,
                    "kind": "bev",
                    "brand_id": self.brand.id,
                    "series_id": self.series.id,
                }
            ],
        )

    # Twice

    def test_vin_of_another_store_is_refused_with_the_holder(self):
        car = self.receive(self.store_a2)
        consultant = self.in_store(self.store_a1, "sales_consultant")
        with self.assertRaisesRegex(ValidationError, "Test store A2 holds it"):
            consultant["dms.vehicle"].create({"vin": car.vin})

    def test_vin_of_an_archived_car_is_refused(self):
        car = self.env["dms.vehicle"].create(
            {"vin": new_vin(), "company_id": self.store_a1.id}
        )
        car.active = False
        self.assertIn("Test store A1 holds it", self.refusal(car.vin))

    def test_two_equal_vins_at_once(self):
        vin = new_vin()
        with self.assertRaisesRegex(ValidationError, "listed twice"):
            self.env["dms.vehicle"].create([{"vin": vin}, {"vin": vin}])

    # Corrections

    def test_a_corrected_vin_reaches_the_open_receipt(self):
        order = self.order(self.store_a1)
        (wrong, right) = new_vin(), new_vin()
        car = self.announce(order, wrong)
        car.vin = right
        order.picking_ids.button_validate()
        self.assertRecordValues(car, [{"vin": right, "state": "in_stock"}])
        self.assertEqual(car.lot_id.name, right)

    def test_a_corrected_vin_renames_the_serial_number(self):
        car = self.receive(self.store_a1)
        car.vin = right = new_vin()
        self.assertEqual(car.lot_id.name, right)

    def test_the_serial_number_alone_cannot_be_renamed(self):
        car = self.receive(self.store_a1)
        with self.assertRaisesRegex(ValidationError, "Correct the VIN on the car"):
            car.lot_id.name = new_vin()

    def test_a_correction_cannot_take_the_vin_of_another_car(self):
        car, other = self.receive(self.store_a1, 2)
        with self.assertRaisesRegex(ValidationError, "Test store A1 holds it"):
            car.vin = other.vin

    # Other values

    def test_a_plate_is_kept_without_dots_and_blanks(self):
        car = self.env["dms.vehicle"].create({"vin": new_vin(), "plate": "沪a·d1 234"})
        self.assertEqual(car.plate, "沪AD1234")
        car.plate = "苏b-12345"
        self.assertEqual(car.plate, "苏B12345")

    def test_a_car_without_a_store_belongs_to_the_current_one(self):
        car = self.in_store(self.store_a2)["dms.vehicle"].create({"vin": new_vin()})
        self.assertEqual(car.company_id, self.store_a2)

    def test_only_cars_without_documents_can_be_deleted(self):
        car = self.receive(self.store_a1)
        with self.assertRaisesRegex(ValidationError, "archive it"):
            car.unlink()
        self.env["dms.vehicle"].create({"vin": new_vin()}).unlink()
