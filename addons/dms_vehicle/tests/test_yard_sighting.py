"""Who stands where: by scans, by stock moves, and what is kept of it."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from ..vin import with_check_digit
from .yard_common import YardCommon

MOVE_CARS = {
    "sales_consultant",
    "sales_manager",
    "service_advisor",
    "workshop_manager",
    "technician",
    "parts_clerk",
    "store_manager",
    "group_admin",
}


@tagged("post_install", "-at_install")
class TestYardScan(YardCommon):
    def test_a_car_is_parked_by_slot_and_car(self):
        answer = self.park(self.car, self.a1)
        self.assertStands(self.car, self.a1)
        self.assertEqual(answer["message"], f"{self.car.vin} stands at NORTH/A-01.")
        self.assertEqual(answer["slot"]["car"]["vin"], self.car.vin)
        sighting = self.env["dms.yard.sighting"].search([("slot_id", "=", self.a1.id)])
        self.assertRecordValues(
            sighting,
            [{"source": "scan", "effect": "applied", "user_id": self.clerk.id}],
        )

    def test_parked_elsewhere_it_has_left(self):
        self.park(self.car, self.a1)
        self.park(self.car, self.a2)
        self.assertStands(self.car, self.a2)
        self.assertEqual(self.a1.state, "free")
        stays = self.env["dms.yard.stay"].search([("vehicle_id", "=", self.car.id)])
        now, before = stays
        self.assertEqual((now.slot_id, before.slot_id), (self.a2, self.a1))
        self.assertEqual(before.until, now.since)

    def test_whoever_stood_there_is_named(self):
        self.park(self.car, self.a1)
        answer = self.park(self.other_car, self.a1)
        self.assertEqual(answer["left"], self.car.vin)
        self.assertStands(self.other_car, self.a1)
        self.assertFalse(self.car.yard_slot_id)

    def test_scanned_again_nothing_changes(self):
        self.park(self.car, self.a1)
        since = self.a1.since
        self.assertEqual(self.park(self.car, self.a1)["left"], "")
        self.assertEqual(self.a1.since, since)
        self.assertEqual(len(self.a1.stay_ids), 1)

    def test_sent_twice_it_counts_once(self):
        self.park(self.car, self.a1, key="k1")
        self.park(self.car, self.a2)
        self.park(self.car, self.a1, key="k1")
        self.assertStands(self.car, self.a2)

    def test_an_empty_slot(self):
        self.park(self.car, self.a1)
        answer = self.scans().vacate(self.a1.id)
        self.assertEqual(answer["slot"]["state"], "free")
        self.assertStands(self.car, self.env["dms.yard.slot"])

    def test_a_car_of_another_store_is_refused(self):
        foreign = self.new_car(self.store_a2)
        with self.assertRaises(AccessError):
            self.park(foreign, self.a1)
        self.clerk.company_ids |= self.store_a2
        with self.assertRaisesRegex(UserError, "Transfer the car first"):
            self.park(foreign, self.a1)

    def test_a_slot_of_another_store_is_refused(self):
        foreign = self.new_slots(self.new_site(self.store_a2), 1)
        with self.assertRaises(AccessError):
            self.park(self.car, foreign)
        with self.assertRaises(AccessError):
            self.scans().vacate(foreign.id)

    def test_a_slot_that_is_no_more_is_refused(self):
        self.a1.active = False
        with self.assertRaisesRegex(UserError, "no longer on the plan"):
            self.park(self.car, self.a1)
        with self.assertRaisesRegex(UserError, "no longer on the plan"):
            self.scans().vacate(0)

    def test_who_moves_cars(self):
        for role in ROLES:
            scans = self.scans(self.user(role, self.store_a1))
            if role in MOVE_CARS:
                self.assertTrue(scans.vacate(self.a1.id), role)
            else:
                with self.assertRaises(AccessError), mute_logger("odoo"):
                    scans.vacate(self.a1.id)

    def test_nobody_writes_sightings_or_stays_by_hand(self):
        self.park(self.car, self.a1)
        for user in (self.clerk, self.manager):
            stay = self.by(user, self.a1.stay_ids)
            sighting = self.scans(user).search([("slot_id", "=", self.a1.id)])
            with self.assertRaises(AccessError):
                stay.until = stay.since
            with self.assertRaises(AccessError):
                sighting.occupied = False
            with self.assertRaisesRegex(UserError, "Only what happens"):
                sighting.create({"slot_id": self.a1.id, "source": "scan"})

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_sightings(self):
        self.park(self.car, self.a1)
        for statement in (
            "UPDATE dms_yard_sighting SET occupied = false",
            "DELETE FROM dms_yard_sighting",
        ):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_a_car_that_was_seen_is_not_deleted(self):
        self.park(self.car, self.a1)
        with self.assertRaisesRegex(UserError, "seen in the yard"):
            self.car.unlink()

    def test_parking_costs_the_same_whatever_is_on_the_plan(self):
        few = self._queries(self.car, self.a1)
        for slot in self.new_slots(self.site, 9, "B"):
            self.park(self.new_car(), slot)
        self.assertLessEqual(self._queries(self.other_car, self.a2), few + 1)

    def _queries(self, car, slot):
        self.park(self.new_car(), self.a4)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.park(car, slot)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestYardLook(YardCommon):
    def look(self, text, slot=None, user=None):
        return self.scans(user).look(text, slot_id=slot.id if slot else False)

    def test_a_label_is_a_slot(self):
        for text in ("NORTH/A-01", " north/a-01 ", "A-01"):
            self.assertEqual(self.look(text)["slot"]["id"], self.a1.id)

    def test_a_vin_or_its_end_is_a_car(self):
        for text in (self.car.vin, f"I{self.car.vin}", self.car.vin[-6:].lower()):
            (card,) = self.look(text)["cars"]
            self.assertEqual(card["id"], self.car.id, text)

    def test_several_cars_with_the_same_end_are_offered(self):
        twins = self.env["dms.vehicle"].create(
            [
                {"vin": with_check_digit(f"{maker}AB3C20TB998877")}
                for maker in ("LZZ", "LSV")
            ]
        )
        twins.company_id = self.store_a1
        cars = self.look("998877")["cars"]
        self.assertEqual({card["id"] for card in cars}, set(twins.ids))

    def test_after_a_slot_a_car_is_expected(self):
        code = self.car.vin[-6:]
        slot = self.new_slots(self.site, 1, "C")
        slot.code = code
        self.assertIn("slot", self.look(code))
        self.assertIn("cars", self.look(code, self.a1))
        self.assertIn("slot", self.look("A-02", self.a1), "another label begins anew")

    def test_what_is_neither_is_said(self):
        with self.assertRaisesRegex(UserError, "neither the label"):
            self.look("NORTH/Z-99")
        with self.assertRaisesRegex(UserError, "No car of this store"):
            self.look("000000X", self.a1)
        with self.assertRaises(UserError):
            self.look("")

    def test_cars_and_slots_of_others_are_not_found(self):
        foreign = self.new_car(self.store_a2)
        with self.assertRaises(UserError):
            self.look(foreign.vin)
        south = self.new_slots(self.new_site(self.store_a2, "SOUTH"), 1)
        with self.assertRaises(UserError):
            self.look(south.display_name)

    def test_the_same_code_on_two_sites(self):
        self.new_slots(self.new_site(self.store_a1, "SOUTH"), 1)
        with self.assertRaisesRegex(UserError, "Several sites"):
            self.look("A-01")
        self.assertEqual(self.look("NORTH/A-01")["slot"]["id"], self.a1.id)

    def test_find_my_car(self):
        cars = self.by(self.consultant, self.env["dms.vehicle"])
        (card,) = cars.find_on_plan(self.car.vin[-6:])
        self.assertFalse(card["slot_id"])
        self.park(self.car, self.a1)
        (card,) = cars.find_on_plan(self.car.vin[-6:])
        self.assertEqual((card["slot_id"], card["slot"]), (self.a1.id, "NORTH/A-01"))
        self.assertEqual(card["site_id"], self.site.id)
        self.assertFalse(cars.find_on_plan("x"))
        sister = self.by(self.user("sales_consultant", self.store_a2), cars)
        self.assertFalse(sister.find_on_plan(self.car.vin))

    def test_a_click_on_the_plan_shows_who_was_there(self):
        self.park(self.car, self.a1)
        self.park(self.other_car, self.a1)
        card = self.by(self.consultant, self.a1).card()
        self.assertEqual(card["car"]["vin"], self.other_car.vin)
        self.assertEqual([stay["vin"] for stay in card["before"]], [self.car.vin])


@tagged("post_install", "-at_install")
class TestYardOrder(YardCommon):
    """Sightings that come late."""

    def seen(self, minutes_ago, slot, car=None, occupied=True):
        sightings = self.env["dms.yard.sighting"]
        at = sightings._dms_moment() - timedelta(minutes=minutes_ago)
        row = {
            "company_id": self.store_a1.id,
            "source": "device",
            "at": at,
            "slot_id": slot.id,
            "vehicle_id": car and car.id,
            "occupied": occupied,
        }
        return sightings._dms_take([row])[0]

    def test_older_than_what_is_known_it_is_kept_and_changes_nothing(self):
        self.park(self.car, self.a1)
        self.assertEqual(self.seen(5, self.a1, self.other_car), "outdated")
        self.assertEqual(self.seen(5, self.a2, self.car), "outdated")
        self.assertEqual(self.seen(5, self.a1, occupied=False), "outdated")
        self.assertStands(self.car, self.a1)
        kept = self.env["dms.yard.sighting"].search_count(
            [("effect", "=", "outdated"), ("slot_id", "in", self.slots.ids)]
        )
        self.assertEqual(kept, 3)

    def test_heard_late_but_new_of_its_slot_and_car_it_counts(self):
        self.seen(60, self.a1, self.car)
        self.park(self.car, self.a2)
        self.assertEqual(self.seen(30, self.a1, self.other_car), "applied")
        self.assertStands(self.other_car, self.a1)
        stays = self.env["dms.yard.stay"].search(
            [("slot_id", "=", self.a1.id)], order="since"
        )
        self.assertEqual(stays[0].until, stays[1].since, "cut where the other came")

    def test_who_is_recognised_has_stood_there_all_the_time(self):
        self.seen(30, self.a1)
        self.assertEqual(self.a1.state, "unknown")
        since = self.a1.since
        self.park(self.car, self.a1)
        self.assertStands(self.car, self.a1)
        self.assertEqual(self.a1.since, since)

    def test_a_sensor_does_not_forget_who_stands_there(self):
        self.park(self.car, self.a1)
        self.assertEqual(self.seen(0, self.a1), "confirmed")
        self.assertStands(self.car, self.a1)

    def test_a_plate_recognised_later_cuts_what_was_thought(self):
        self.seen(90, self.a2, self.car)
        self.seen(60, self.a1)
        self.seen(30, self.a2, self.other_car)
        self.seen(20, self.a1, self.car)
        self.assertStands(self.car, self.a1)
        stays = self.env["dms.yard.stay"].search(
            [("vehicle_id", "=", self.car.id)], order="since"
        )
        self.assertEqual(stays[0].until, stays[1].since)


@tagged("post_install", "-at_install")
class TestYardMoves(YardCommon):
    """Documents that move cars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock_car, cls.second = cls.receive(cls.store_a1, 2)
        cls.stock = cls.stock_car.location_id
        cls.bay, cls.south_yard, cls.corner = cls.env["stock.location"].create(
            [
                {"name": name, "location_id": cls.stock.id, "company_id": store}
                for store in cls.store_a1.ids
                for name in ("Bay", "South", "Corner")
            ]
        )
        cls.south = cls.new_site(cls.store_a1, "SOUTH", location_id=cls.south_yard.id)
        cls.a3.location_id = cls.bay

    def move(self, car, target):
        wizard = car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "location_id": target.id}
        )
        return wizard.action_transfer()

    def test_a_delivered_car_leaves_its_slot(self):
        self.park(self.stock_car, self.a1)
        self.sell(self.stock_car).picking_ids.button_validate()
        self.assertStands(self.stock_car, self.env["dms.yard.slot"])
        sighting = self.env["dms.yard.sighting"].search(
            [("vehicle_id", "=", self.stock_car.id)], limit=1
        )
        self.assertRecordValues(
            sighting, [{"source": "move", "slot_id": False, "occupied": False}]
        )

    def test_what_is_heard_late_does_not_bring_it_back(self):
        self.sell(self.stock_car).picking_ids.button_validate()
        sightings = self.env["dms.yard.sighting"]
        row = {
            "company_id": self.store_a1.id,
            "source": "device",
            "at": sightings._dms_moment() - timedelta(minutes=1),
            "slot_id": self.a1.id,
            "vehicle_id": self.stock_car.id,
        }
        self.assertEqual(sightings._dms_take([row]), ["outdated"])

    def test_a_car_shipped_to_another_store_leaves_its_slot(self):
        self.park(self.stock_car, self.a1)
        wizard = self.stock_car.env["dms.vehicle.transfer"].create(
            {
                "vehicle_ids": self.stock_car.ids,
                "to_store_id": self.store_a2.partner_id.id,
            }
        )
        sale = self.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        sale.picking_ids.button_validate()
        self.assertStands(self.stock_car, self.env["dms.yard.slot"])

    def test_moved_to_the_location_of_a_slot_it_stands_there(self):
        self.park(self.stock_car, self.a1)
        self.move(self.stock_car, self.bay)
        self.assertStands(self.stock_car, self.a3)
        self.assertEqual(self.a1.state, "free")

    def test_moved_to_another_site_it_has_left_its_slot(self):
        self.park(self.stock_car, self.a1)
        self.move(self.stock_car, self.south_yard)
        self.assertFalse(self.stock_car.yard_slot_id)

    def test_moved_to_a_place_that_no_plan_knows_it_stays_where_it_is(self):
        self.park(self.stock_car, self.a1)
        self.move(self.stock_car, self.corner)
        self.assertStands(self.stock_car, self.a1)

    def test_moved_within_its_site_it_stays_in_its_slot(self):
        self.site.location_id = self.stock
        self.park(self.stock_car, self.a1)
        self.move(self.stock_car, self.corner)
        self.assertStands(self.stock_car, self.a1)

    def test_a_store_without_yard_asks_once(self):
        car = self.receive(self.store_a2)
        moves = car.lot_id.quant_ids and car.purchase_line_id.move_ids
        self.env.flush_all()
        moves.mapped("company_id.name")
        with self.assertQueryCount(1):
            moves._dms_move_in_yard()

    def test_cars_without_slot_are_listed(self):
        self.park(self.stock_car, self.a1)
        action = self.env.ref("dms_vehicle.dms_vehicle_action_without_slot")
        domain = action._get_eval_context() and action.domain
        clerk = self.in_store(self.store_a1, "parts_clerk")
        found = clerk["dms.vehicle"].search(
            [("state", "in", ["in_stock", "allocated", "sold"])]
            + [("yard_slot_id", "=", False)]
        )
        self.assertIn("yard_slot_id", domain)
        self.assertIn(self.second, found)
        self.assertNotIn(self.stock_car, found)

    def test_cars_are_found_by_slot_and_site(self):
        self.park(self.stock_car, self.a1)
        cars = self.in_store(self.store_a1, "sales_consultant")["dms.vehicle"]

        def found(*condition):
            return cars.search([condition])

        for condition in (
            ("yard_slot_id", "=", self.a1.id),
            ("yard_slot_id", "in", self.slots.ids),
            ("yard_slot_id", "!=", False),
            ("yard_slot_id", "ilike", "A-01"),
            ("yard_slot_id.code", "=", "A-01"),
            ("yard_site_id", "=", self.site.id),
            ("yard_site_id", "ilike", "Yard NORTH"),
        ):
            self.assertEqual(found(*condition), self.stock_car, condition)
        self.assertNotIn(self.stock_car, found("yard_slot_id", "=", False))
        self.assertNotIn(
            self.stock_car, found("yard_slot_id", "not in", self.slots.ids)
        )
        self.assertIn(self.second, found("yard_slot_id", "!=", self.a1.id))

    def test_the_car_leads_to_the_plan(self):
        with self.assertRaisesRegex(UserError, "stands in no slot"):
            self.by(self.consultant, self.stock_car).action_find_on_plan()
        self.park(self.stock_car, self.a1)
        car = self.by(self.consultant, self.stock_car)
        params = car.action_find_on_plan()["params"]
        self.assertEqual(
            params, {"site_id": self.site.id, "vehicle_id": self.stock_car.id}
        )
        self.assertEqual(Form(car).yard_slot_id, self.a1)

    def test_a_list_with_slots_costs_one_query_more(self):
        cars = self.stock_car | self.second
        self.park(self.stock_car, self.a1)
        self.park(self.second, self.a2)
        cars.mapped("vin")
        self.env.invalidate_all()
        cars.mapped("vin")
        with self.assertQueryCount(1):
            cars.mapped("yard_slot_id")
