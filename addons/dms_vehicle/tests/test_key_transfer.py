"""Keys go with their car to the other store, and nobody types them again."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .transfer_common import RequestCommon


@tagged("post_install", "-at_install")
class TestKeyTransfer(RequestCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.sent = self.keys_of(self.store_a1, self.car, "key1", "key2", "folder")
        self.sent[0].label = "T-17"

    def keys_of(self, store, car, *kinds):
        keys = self.in_store(store, "parts_clerk")["dms.key.item"]
        return keys._dms_make(car.with_env(keys.env), kinds)

    def here(self, store, role="parts_clerk"):
        """What the cabinet of a store knows of the car, as its clerk sees it."""
        self.env.flush_all()
        self.env.invalidate_all()
        keys = self.in_store(store, role)["dms.key.item"]
        return keys.search([("vehicle_id", "=", self.car.id)]).sorted("id")

    def back(self, request):
        self.asker(request).ask_undo("customer is gone")
        self.giver(request).agree_to_undo()

    # There

    def test_what_was_sent_is_to_be_taken_in_there(self):
        self.received(self.car)
        keys = self.here(self.store_a2)
        self.assertEqual(
            [(key.kind, key.label, key.state) for key in keys],
            [
                ("key1", "T-17", "coming"),
                ("key2", False, "coming"),
                ("folder", False, "coming"),
            ],
        )
        self.assertEqual(keys.move_ids.from_partner_id, self.store_a1.partner_id)
        coming = self.env.ref("dms_vehicle.dms_key_item_action_coming").domain
        self.assertEqual(coming, "[('state', '=', 'coming')]")

    def test_not_before_the_car_is_there(self):
        self.shipped(self.car)
        self.assertFalse(self.here(self.store_a2))
        mine = self.here(self.store_a1)
        self.assertEqual(set(mine.mapped("state")), {"customer"})
        self.assertEqual(set(mine.mapped("arrival")), {"awaited"})

    def test_taken_in_they_hang_there_and_the_sender_knows(self):
        self.received(self.car)
        self.here(self.store_a2).action_take_in()
        self.assertEqual(set(self.here(self.store_a2).mapped("state")), {"cabinet"})
        mine = self.here(self.store_a1)
        self.assertEqual(set(mine.mapped("arrival")), {"arrived"})
        self.assertEqual(set(mine.mapped("state")), {"customer"})

    def test_only_keepers_take_them_in(self):
        self.received(self.car)
        for role in ("sales_consultant", "accountant"):
            with self.assertRaises(AccessError):
                self.here(self.store_a2, role).take_in()
        with self.assertRaises(AccessError):
            self.here(self.store_a2).with_env(
                self.in_store(self.store_a1, "parts_clerk")
            ).take_in()

    def test_one_that_is_to_be_taken_in_is_not_given_out(self):
        request = self.received(self.car)
        key = self.here(self.store_a2)[:1]
        with self.assertRaisesRegex(UserError, "take it into the cabinet first"):
            key.take(request.user_id.partner_id)

    def test_what_happens_to_it_there_later_is_not_told(self):
        self.received(self.car)
        self.here(self.store_a2).take_in()
        self.here(self.store_a2)[:1].lose("river")
        self.assertEqual(set(self.here(self.store_a1).mapped("arrival")), {"arrived"})

    def test_a_lost_one_does_not_travel_and_none_is_made_up(self):
        self.store_a2.dms_keys_at_receipt = True
        self.sent[1].lose("river")
        self.received(self.car)
        self.assertEqual(self.here(self.store_a2).mapped("kind"), ["key1", "folder"])

    def test_a_car_whose_keys_were_never_entered_gets_two_where_wanted(self):
        self.store_a2.dms_keys_at_receipt = True
        self.car = self.receive(self.store_a1)
        self.received(self.car)
        keys = self.here(self.store_a2)
        self.assertEqual(
            [(key.kind, key.state) for key in keys],
            [("key1", "cabinet"), ("key2", "cabinet")],
        )

    def test_a_temporary_plate_that_travels_is_one_plate(self):
        keys = self.in_store(self.store_a1, "parts_clerk")["dms.key.item"]
        for number in (1, 2, 3):
            keys.create(
                {
                    "vehicle_id": self.car.id,
                    "kind": "temp_plate",
                    "label": f"沪A000{number}临",
                    "valid_from": "2026-11-01",
                    "valid_until": "2026-11-15",
                }
            )
        self.received(self.car)
        plates = self.here(self.store_a2).filtered(lambda k: k.kind == "temp_plate")
        self.assertEqual(len(plates), 3)
        self.assertEqual(str(plates[0].valid_until), "2026-11-15")
        with self.assertRaisesRegex(UserError, "the car already had 3"):
            plates[0].copy({"label": "沪A0004临", "company_id": self.store_a2.id})

    # Missing

    def test_one_that_did_not_arrive_is_seen_by_both(self):
        request = self.received(self.car)
        keys = self.here(self.store_a2)
        wizards = self.in_store(self.store_a2, "parts_clerk")["dms.key.step"]
        context = keys[1].action_miss()["context"]
        wizards.with_context(**context).create({"note": "no second key"}).action_apply()
        (keys - keys[1]).take_in()
        self.assertEqual(keys[1].state, "lost")
        self.assertEqual(
            self.here(self.store_a1).mapped("arrival"),
            ["arrived", "missing", "arrived"],
        )
        for side in (self.giver, self.asker):
            line = side(request, "sales_consultant").line_ids
            self.assertEqual(
                (line.keys_sent, line.keys_taken_in, line.keys_missing), (3, 2, 1)
            )
            self.assertTrue(side(request).has_keys)
            said = side(request).message_ids[:1].body
            self.assertIn("Test store A2: Key 2", said)
            self.assertIn("no second key", said)
        self.assertIn("did not arrive", self.sent[1].message_ids[:1].body)

    def test_found_after_all_the_sender_learns_it(self):
        self.received(self.car)
        key = self.here(self.store_a2)[:1]
        key.miss()
        key.find_again("under the seat")
        self.assertEqual(key.state, "cabinet")
        self.assertEqual(self.here(self.store_a1)[0].arrival, "arrived")

    # Apart

    def test_neither_store_sees_the_keys_of_the_other(self):
        other = self.keys_of(self.store_a1, self.receive(self.store_a1), "key1")
        request = self.received(self.car)
        there = self.here(self.store_a2)
        self.assertFalse(there & (self.sent | other))
        keys = there.browse().search([])
        self.assertEqual(keys.company_id, self.store_a2)
        self.assertEqual(keys.move_ids.company_id, self.store_a2)
        action = self.asker(request, "parts_clerk").action_view_keys()
        self.assertEqual(there.search(action["domain"]), there)
        with self.assertRaises(AccessError):
            there.read(["came_from_id"])
        with self.assertRaises(AccessError):
            self.sent.with_env(there.env).read(["state"])

    def test_the_sender_does_not_see_what_becomes_of_the_car(self):
        self.received(self.car)
        self.car.plate = "沪AF12345"
        mine = self.here(self.store_a1)[0]
        self.assertFalse(mine.plate or mine.vehicle_state)
        there = self.here(self.store_a2)[0]
        self.assertEqual((there.plate, there.vehicle_state), ("沪AF12345", "in_stock"))

    def test_nobody_types_where_it_came_from_or_whether_it_arrived(self):
        self.received(self.car)
        key = self.here(self.store_a2)[0]
        for vals in ({"arrival": "missing"}, {"came_from_id": False}):
            with self.assertRaisesRegex(UserError, "follows from its moves"):
                key.write(vals)

    # Back

    def test_cancelled_on_the_way_they_are_to_be_taken_in_again(self):
        request = self.shipped(self.car)
        self.back(request)
        mine = self.here(self.store_a1)
        self.assertEqual(set(mine.mapped("state")), {"coming"})
        self.assertFalse(any(mine.mapped("arrival")))
        mine.take_in()
        self.assertEqual(set(mine.mapped("state")), {"cabinet"})
        self.assertFalse(self.here(self.store_a2))

    def test_cancelled_after_receipt_they_go_back_as_the_same_keys(self):
        request = self.received(self.car)
        there = self.here(self.store_a2)
        there[:1].take_in()
        self.back(request)
        self.assertEqual(set(self.here(self.store_a2).mapped("state")), {"customer"})
        mine = self.here(self.store_a1)
        self.assertEqual(mine, self.sent)
        self.assertEqual(set(mine.mapped("state")), {"coming"})
        mine.take_in()
        self.assertEqual(set(self.here(self.store_a2).mapped("arrival")), {"arrived"})
        self.assertEqual(request.line_ids.keys_sent, 0)

    def test_one_missing_there_is_not_said_to_come_back(self):
        request = self.received(self.car)
        self.here(self.store_a2)[1].miss()
        self.back(request)
        mine = self.here(self.store_a1)
        self.assertEqual(mine.mapped("state"), ["coming", "customer", "coming"])
        self.assertEqual(mine[1].arrival, "missing")

    def test_sent_once_more_nothing_is_entered_twice(self):
        self.back(self.received(self.car))
        self.here(self.store_a1).take_in()
        self.received(self.car)
        self.assertEqual(set(self.here(self.store_a2).mapped("state")), {"coming"})
        self.assertEqual(len(self.here(self.store_a2)), 3)
        self.assertEqual(set(self.here(self.store_a1).mapped("arrival")), {"awaited"})

    def test_many_cars_cost_few_queries(self):
        def queries(count):
            cars = self.receive(self.store_a1, count)
            self.keys_of(self.store_a1, cars, "key1", "key2")
            request = self.shipped(*cars)
            receipt = request.sudo().purchase_id.picking_ids
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(receipt._dms_sent_keys(cars)), 2 * count)
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(6) - queries(2), 2)
