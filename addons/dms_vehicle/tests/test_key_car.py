"""Keys come and go with their cars."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .key_common import KeyCommon


@tagged("post_install", "-at_install")
class TestKeyDelivery(KeyCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.keys = self.keys_of(self.car)

    def test_a_delivery_hands_the_keys_over(self):
        delivery = self.delivered(self.car)
        self.assertEqual(set(self.keys.mapped("state")), {"customer"})
        self.assertEqual(self.keys.holder_id, self.customer)
        move = self.keys.move_ids[:1]
        self.assertEqual(move.picking_id, delivery)
        self.assertEqual(move.note, f"Left with {delivery.name}.")

    def test_a_key_that_was_not_brought_back_goes_too_and_that_is_noted(self):
        first = self.keys[:1]
        self.taken(first)
        self.delivered(self.car)
        self.assertEqual(first.state, "customer")
        self.assertIn("had not brought it back", first.move_ids[0].note)
        self.assertIn(self.bearer.name, first.move_ids[0].note)

    def test_a_lost_one_stays_lost(self):
        first = self.keys[:1]
        first.lose("river")
        self.delivered(self.car)
        self.assertEqual(first.state, "lost")

    def test_keys_of_other_cars_stay(self):
        self.delivered()
        self.assertEqual(set(self.keys.mapped("state")), {"cabinet"})

    def test_whoever_delivers(self):
        delivery = self.sell(self.car).picking_ids
        self.by(self.user("sales_manager", self.store_a1), delivery).button_validate()
        self.assertEqual(set(self.keys.mapped("state")), {"customer"})

    def test_with_a_transfer_they_go_to_the_other_store(self):
        wizard = self.car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": self.car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        sale = self.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        sale.picking_ids.button_validate()
        self.assertEqual(set(self.keys.mapped("state")), {"customer"})
        self.assertEqual(self.keys.holder_id, self.store_a2.partner_id)

    def test_within_the_store_they_stay(self):
        place = self.car.location_id.copy({"name": "Showroom"})
        wizards = self.in_store(self.store_a1, "sales_manager")["dms.vehicle.transfer"]
        wizards.with_context(
            active_model="dms.vehicle", active_ids=self.car.ids
        ).create({"location_id": place.id}).action_transfer()
        self.assertEqual(set(self.keys.mapped("state")), {"cabinet"})


@tagged("post_install", "-at_install")
class TestKeyReceipt(KeyCommon):
    def keys(self, cars):
        return self.env["dms.key.item"].search([("vehicle_id", "in", cars.ids)])

    def test_not_by_default(self):
        self.assertFalse(self.keys(self.receive(self.store_a1)))

    def test_two_keys_where_the_store_wants_it(self):
        self.store_a1.dms_keys_at_receipt = True
        cars = self.receive(self.store_a1, 2)
        self.assertEqual(
            sorted(self.keys(cars).mapped("kind")), ["key1", "key1", "key2", "key2"]
        )
        self.assertEqual(self.keys(cars).company_id, self.store_a1)

    def test_ten_cars_cost_few_queries_each(self):
        def make(count):
            cars = self.receive(self.store_a1, count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["dms.key.item"]._dms_make(cars, ("key1", "key2"))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        make(1)
        few, many = make(2), make(10)
        self.assertLessEqual((many - few) / 8, 3)

    # Many at once

    def enter(self, cars, user=None, **vals):
        wizards = self.by(user or self.clerk, self.env["dms.key.enter"])
        wizard = wizards.with_context(
            active_model="dms.vehicle", active_ids=cars.ids
        ).create(vals)
        return wizard.action_apply()

    def test_keys_of_many_cars_at_once(self):
        cars = self.receive(self.store_a1, 3)
        action = self.enter(cars, with_cable=True)
        keys = self.env["dms.key.item"].search(action["domain"])
        self.assertEqual(len(keys), 9)
        self.enter(cars, with_cable=True)
        self.assertEqual(len(self.keys(cars)), 9)
        self.enter(cars, with_card=True, with_folder=True)
        self.assertEqual(len(self.keys(cars)), 15)

    def test_the_window_opens_with_the_chosen_cars(self):
        cars = self.receive(self.store_a1, 2)
        form = Form(
            self.by(self.clerk, self.env["dms.key.enter"]).with_context(
                active_model="dms.vehicle", active_ids=cars.ids
            )
        )
        self.assertEqual(len(form.vehicle_ids), 2)

    def test_it_needs_a_car_of_the_store(self):
        with self.refused(UserError, "at least one car"):
            self.enter(self.env["dms.vehicle"])
        with self.assertRaises(AccessError):
            self.enter(self.receive(self.store_a2))
        with self.assertRaises(AccessError):
            self.enter(self.receive(self.store_a1), self.consultant)

    def test_the_car_shows_its_keys(self):
        car = self.receive(self.store_a1)
        keys = self.keys_of(car, ("key1", "key2", "cable"))
        self.taken(keys[:1])
        keys[1:2].lose("river")
        self.assertEqual((car.key_count, car.key_out_count), (2, 1))
        action = self.by(self.clerk, car).action_view_keys()
        self.assertEqual(self.env["dms.key.item"].search(action["domain"]), keys)

    def test_who_has_what_is_listed(self):
        key = self.taken()
        domain = self.env.ref("dms_vehicle.dms_key_item_action_out").domain
        self.assertEqual(domain, "[('state', '=', 'out')]")
        for view in ("list", "kanban", "search", "form"):
            self.by(self.consultant, key).get_view(view_type=view)
        for view in ("list", "search"):
            self.by(self.consultant, key.move_ids).get_view(view_type=view)
