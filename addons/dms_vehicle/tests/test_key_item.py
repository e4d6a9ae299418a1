"""What hangs in the cabinet, and temporary plates."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.dms_base.tests.common import ROLES

from .key_common import KeyCommon

KEEPERS = {"parts_clerk", "sales_manager", "store_manager", "group_admin"}


@tagged("post_install", "-at_install")
class TestKeyItem(KeyCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)

    def plate(self, days=15, label="沪A1234临", start=0, **vals):
        today = fields.Date.context_today(self.env.user)
        first = today + timedelta(days=start)
        return self.key(
            vals.pop("car", self.car),
            kind="temp_plate",
            label=label,
            valid_from=first,
            valid_until=first + timedelta(days=days - 1),
            **vals,
        )

    def test_a_new_key_hangs_in_the_cabinet(self):
        with Form(self.by(self.clerk, self.env["dms.key.item"])) as form:
            form.vehicle_id = self.car
            form.kind = "card"
            form.hook = "B-12"
        key = form.record
        self.assertEqual((key.state, key.vin), ("cabinet", self.car.vin))
        self.assertIn(self.car.vin, key.display_name)
        self.assertFalse(key.holder_id)

    def test_nobody_types_where_a_key_is(self):
        key = self.key(self.car, state="lost", holder_id=self.customer.id)
        self.assertEqual((key.state, key.holder_id.id), ("cabinet", False))
        for vals in ({"state": "lost"}, {"holder_id": self.customer.id}):
            with self.refused(UserError, "follows from its moves"):
                key.write(vals)

    def test_a_key_with_a_history_stays(self):
        key = self.taken(self.key(self.car))
        with self.refused(UserError, "has a history"):
            key.kind = "key2"
        with self.refused(UserError, "brought back first"):
            key.active = False
        with self.refused(UserError, "stays; archive it"):
            key.sudo().unlink()
        key.bring_back()
        key.write({"hook": "C-1", "active": False})

    def test_one_that_has_none_may_go(self):
        manager = self.user("store_manager", self.store_a1)
        self.by(manager, self.key(self.car)).unlink()

    def test_a_car_has_each_key_once(self):
        self.key(self.car)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.key(self.car)
            self.env.flush_all()
        self.assertIn("dms_key_item_car_kind_uniq", str(caught.exception))
        self.key(self.car, label="spare")

    def test_of_a_lost_one_there_is_a_new_one(self):
        self.key(self.car).lose("fell into the river")
        self.assertEqual(self.key(self.car).state, "cabinet")

    def test_a_car_of_another_store_keeps_its_keys_there(self):
        other = self.receive(self.store_a2)
        with self.refused(UserError, "does not belong to Test store A1"):
            self.env["dms.key.item"].create(
                {"vehicle_id": other.id, "company_id": self.store_a1.id}
            )

    # Plates

    def test_a_plate_of_the_store_goes_with_any_car(self):
        plate = self.by(self.clerk, self.env["dms.key.item"]).create(
            {"kind": "plate", "label": "沪A0001试"}
        )
        self.assertEqual(plate.company_id, self.store_a1)
        self.assertEqual(self.taken(plate).state, "out")

    def test_a_temporary_plate_holds_for_thirty_days_at_most(self):
        self.assertEqual(self.plate(days=30).state, "cabinet")
        with self.refused(UserError, "30 days at most"):
            self.plate(days=31, label="沪A1235临")

    def test_nor_is_it_made_longer(self):
        plate = self.plate()
        with self.refused(UserError, "30 days at most"):
            plate.valid_until = plate.valid_from + timedelta(days=30)

    def test_a_car_gets_three(self):
        for number in range(3):
            plate = self.plate(label=f"沪A123{number}临", start=15 * number)
        plate.active = False
        with self.refused(UserError, "already had 3"):
            self.plate(label="沪A1239临", start=60)

    def test_it_has_days_a_number_and_a_car(self):
        for vals, why in (
            ({"label": False}, "has a number"),
            ({"valid_until": False}, "from when until when"),
        ):
            with self.refused(UserError, why):
                self.plate(**vals) if "label" in vals else self.key(
                    self.car, kind="temp_plate", label="X"
                )
        with self.refused(UserError, "belongs to one car"):
            self.by(self.clerk, self.env["dms.key.item"]).create(
                {"kind": "temp_plate", "label": "X"}
            )

    def test_one_that_holds_no_longer_is_not_given_out(self):
        plate = self.plate(days=5, start=-9)
        self.assertTrue(plate.is_void)
        self.assertIn(plate, plate.search([("is_void", "=", True)]))
        self.assertNotIn(plate, plate.search([("is_void", "=", False)]))
        with self.refused(UserError, "cannot be used any more"):
            plate.take(self.bearer)

    # Who

    def test_all_staff_read_and_keepers_enter(self):
        key = self.key(self.car)
        for role in ROLES:
            with self.subTest(role=role):
                seen = self.by(self.user(role, self.store_a1), key)
                self.assertEqual(seen.search([]), key)
                self.assertEqual(Form(seen).vehicle_id, self.car)
                self.assertEqual(seen.has_access("create"), role in KEEPERS)
                other = self.by(self.user(role, self.store_a2), key)
                self.assertFalse(other.search([]))
                with self.assertRaises(AccessError):
                    other.read(["label"])

    def test_guards_do_not(self):
        for model in ("dms.key.item", "dms.key.move"):
            self.assertFalse(self.env[model].with_user(self.guard).has_access("read"))

    def test_a_list_costs_the_same_for_one_and_for_many(self):
        keys = self.keys_of(self.receive(self.store_a1, 4))
        keys.take(self.bearer)
        names = ["display_name", "state", "is_overdue", "is_void", "plate", "hook"]
        self.env.flush_all()
        keys.invalidate_recordset()
        keys[:1].read(names)
        keys.invalidate_recordset()
        with self.assertQueryCount(4):
            keys.read(names)
