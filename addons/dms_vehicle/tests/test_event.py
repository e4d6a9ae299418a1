"""Each document that moves a car records its event, once, in its transaction."""

import json
from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.dms_base.merkle import canonical

from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestRecord(VehicleCommon):
    """What ``_dms_record`` promises to whoever calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls.env["dms.region"].create({"name": "East", "code": "T-EAST"})
        cls.store_a1.write({"city": "上海", "dms_region_id": cls.region.id})
        cls.car = cls.env["dms.vehicle"].create(
            {"vin": new_vin(), "company_id": cls.store_a1.id}
        )

    def test_an_event_is_recorded_as_it_was_at_that_time(self):
        at = datetime(2026, 11, 24, 8, 0)
        event = self.car._dms_record("vehicle.serviced", at=at, document=self.customer)
        self.assertRecordValues(
            event,
            [
                {
                    "vehicle_id": self.car.id,
                    "vin": self.car.vin,
                    "code": "vehicle.serviced",
                    "kind_id": self.env.ref("dms_vehicle.event_kind_serviced").id,
                    "at": at,
                    "company_id": self.store_a1.id,
                    "region_id": self.region.id,
                    "odometer_km": 0,
                    "person": False,
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                }
            ],
        )

    def test_the_log_tells_when_and_where(self):
        at = datetime(2026, 11, 24, 8, 0)
        entry = self.car._dms_record("vehicle.serviced", at=at).entry_id
        body = {"at": "2026-11-24T08:00:00Z", "place": "上海"}
        self.assertRecordValues(
            entry,
            [
                {
                    "kind": "vehicle.serviced",
                    "subject": self.car.vin,
                    "company_id": self.store_a1.id,
                    "body": canonical(body),
                }
            ],
        )

    def test_many_cars_cost_as_many_statements_as_one(self):
        cars = self.env["dms.vehicle"].create(
            [{"vin": new_vin(), "company_id": self.store_a1.id} for _n in range(30)]
        )
        # what rules cost is told by their own tests
        self.env["dms.risk.rule"].search([]).active = False
        cars._dms_record("vehicle.serviced", person=self.customer)
        self.env.flush_all()
        for some in (cars[:1], cars):
            # the log, the events, the names found before
            with self.assertQueryCount(3):
                some._dms_record("vehicle.serviced", person=self.customer)

    def test_an_unknown_kind_is_refused_by_its_name(self):
        with self.assertRaisesRegex(ValueError, r"vehicle\.flown"):
            self.car._dms_record("vehicle.flown")

    def test_nobody_writes_an_event_himself(self):
        with self.assertRaises(UserError):
            self.env["dms.vehicle.event"].create({"vehicle_id": self.car.id})
        manager = self.user("store_manager", self.store_a1)
        with self.assertRaises(AccessError):
            self.env["dms.vehicle.event"].with_user(manager).create({})


@tagged("post_install", "-at_install")
class TestEventsOfDocuments(VehicleCommon):
    with_chart = True

    def told(self, car):
        """Return the kinds of what happened to a car, in order, without the prefix."""
        events = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", car.id)], order="id"
        )
        return [event.code.removeprefix("vehicle.") for event in events]

    def last(self, car, code):
        return self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", car.id), ("code", "=", f"vehicle.{code}")], limit=1
        )

    def facts(self, car, code):
        return json.loads(self.last(car, code).body)

    def events_since(self, car, function):
        """Return what ``function`` adds to the history of a car."""
        before = len(self.told(car))
        function()
        return self.told(car)[before:]

    def delivered(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        sale.picking_ids.button_validate()
        return car, sale

    def give_back(self, picking):
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 1
        action = wizard.action_create_returns()
        self.env["stock.picking"].browse(action["res_id"]).button_validate()

    # On the way

    def test_an_announced_car_was_ordered_and_shipped(self):
        order = self.order(self.store_a1)
        car = self.announce(order, new_vin())
        self.assertEqual(self.told(car), ["ordered", "shipped"])
        event = self.last(car, "ordered")
        self.assertEqual((event.res_model, event.res_id), (order._name, order.id))

    def test_a_car_was_ordered_when_its_order_was_confirmed(self):
        with freeze_time("2026-03-01 09:30:00"):
            order = self.order(self.store_a1)
        car = self.announce(order, new_vin())
        self.assertEqual(self.last(car, "ordered").at, datetime(2026, 3, 1, 9, 30))

    def test_a_car_was_shipped_on_the_day_of_its_notice(self):
        order = self.order(self.store_a1)
        vin = new_vin()
        order.picking_ids.dms_announce([{"vin": vin, "shipped_date": "2026-03-02"}])
        car = self.env["dms.vehicle"].search([("vin", "=", vin)])
        self.assertEqual(self.last(car, "shipped").at, datetime(2026, 3, 2))

    def test_the_same_notice_once_more_tells_nothing_new(self):
        order = self.order(self.store_a1)
        car = self.announce(order, new_vin())
        self.assertFalse(self.events_since(car, lambda: self.announce(order, car.vin)))

    def test_a_car_is_produced_once(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        integrator = self.in_store(self.store_a1, "integrator")
        program = car.with_env(integrator)
        added = self.events_since(car, lambda: program.dms_set_produced("2026-02-01"))
        self.assertEqual(added, ["produced"])
        self.assertEqual(self.last(car, "produced").at, datetime(2026, 2, 1))
        added = self.events_since(car, lambda: program.dms_set_produced("2026-02-01"))
        self.assertFalse(added)

    def test_who_may_not_write_cars_produces_none(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        with self.assertRaises(AccessError):
            car.with_env(self.in_store(self.store_a1, "technician")).dms_set_produced(
                "2026-02-01"
            )

    # In stock

    def test_a_receipt_is_told_with_its_document(self):
        car = self.receive(self.store_a1)
        self.assertEqual(self.told(car), ["ordered", "shipped", "received"])
        picking = car.purchase_line_id.order_id.picking_ids
        event = self.last(car, "received")
        self.assertRecordValues(
            event,
            [
                {
                    "company_id": self.store_a1.id,
                    "res_model": "stock.picking",
                    "res_id": picking.id,
                }
            ],
        )

    def test_a_car_that_nobody_announced_was_ordered_all_the_same(self):
        order = self.order(self.store_a1)
        order.picking_ids.move_line_ids.lot_name = vin = new_vin()
        order.picking_ids.button_validate()
        car = self.env["dms.vehicle"].search([("vin", "=", vin)])
        self.assertEqual(self.told(car), ["ordered", "received"])

    def test_a_move_inside_the_store(self):
        car = self.receive(self.store_a1)
        yard = car.location_id.copy({"name": "Yard"})
        wizard = self.in_store(self.store_a1)["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "location_id": yard.id}
        )
        self.assertEqual(self.events_since(car, wizard.action_transfer), ["moved"])

    def test_a_move_to_another_store_is_told_by_both(self):
        car = self.receive(self.store_a1)
        wizard = self.in_store(self.store_a1)["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        action = wizard.action_transfer()
        sale = self.in_store(self.store_a1)["sale.order"].browse(action["res_id"])
        added = self.events_since(car, sale.picking_ids.button_validate)
        self.assertEqual(added, ["moved"])
        self.assertEqual(self.last(car, "moved").company_id, self.store_a1)
        self.assertEqual(self.facts(car, "moved")["to_store"], "TA/A2")
        purchase = sale.dms_counterpart_purchase_id
        buyer = purchase.with_env(self.in_store(self.store_a2))
        added = self.events_since(car, buyer.picking_ids.button_validate)
        self.assertEqual(added, ["received"], "ordered from the manufacturer only")
        self.assertEqual(self.last(car, "received").company_id, self.store_a2)
        self.assertEqual(self.facts(car, "received")["from_store"], "TA/A1")

    def test_a_store_that_buys_a_car_is_named_by_its_code(self):
        car = self.receive(self.store_a1)
        invoice = self.sell(car, self.store_a2.partner_id)._create_invoices()
        invoice.action_post()
        self.assertEqual(self.facts(car, "sold")["to_store"], "TA/A2")
        self.assertFalse(self.last(car, "sold").person)

    # Sold

    def test_a_posted_invoice_sells_the_car(self):
        car = self.receive(self.store_a1)
        invoice = self.sell(car)._create_invoices()
        self.assertNotIn("sold", self.told(car), "a draft sells nothing")
        self.assertEqual(self.events_since(car, invoice.action_post), ["sold"])
        event = self.last(car, "sold")
        self.assertEqual((event.res_model, event.res_id), (invoice._name, invoice.id))
        self.assertEqual(event.person, self.customer._dms_pseudonym(car.vin))

    def test_an_invoice_posted_once_more_sells_nothing(self):
        car = self.receive(self.store_a1)
        invoice = self.sell(car)._create_invoices()
        invoice.action_post()
        invoice.button_draft()
        self.assertFalse(self.events_since(car, invoice.action_post))

    def test_a_delivery_is_a_change_of_owner(self):
        car = self.receive(self.store_a1)
        picking = self.sell(car).picking_ids
        added = self.events_since(car, picking.button_validate)
        self.assertEqual(added, ["delivered", "ownership"])
        owner = self.customer._dms_pseudonym(car.vin)
        for code in added:
            self.assertEqual(self.last(car, code).person, owner)
            self.assertEqual(self.facts(car, code)["owner"], owner)

    def test_a_car_comes_back_from_its_customer(self):
        car, sale = self.delivered()
        added = self.events_since(car, lambda: self.give_back(sale.picking_ids))
        self.assertEqual(added, ["returned"])
        self.assertEqual(self.facts(car, "returned")["from"], "customer")

    def test_a_car_goes_back_to_its_manufacturer(self):
        car = self.receive(self.store_a1)
        receipt = car.purchase_line_id.order_id.picking_ids
        added = self.events_since(car, lambda: self.give_back(receipt))
        self.assertEqual(added, ["returned"])
        self.assertEqual(self.facts(car, "returned")["to"], "manufacturer")

    # Written on the car

    def test_a_new_owner_is_told(self):
        car = self.receive(self.store_a1)

        def give(partner):
            car.owner_id = partner

        self.assertEqual(
            self.events_since(car, lambda: give(self.customer)), ["ownership"]
        )
        self.assertFalse(
            self.events_since(car, lambda: give(self.customer)), "the same owner"
        )

    def test_a_reading_is_told_with_who_took_it(self):
        car = self.receive(self.store_a1)
        advisor = self.in_store(self.store_a1, "service_advisor")
        added = self.events_since(
            car, lambda: car.with_env(advisor).write({"odometer_km": 12_345})
        )
        self.assertEqual(added, ["odometer"])
        event = self.last(car, "odometer")
        self.assertEqual(event.odometer_km, 12_345)
        self.assertEqual(event.user_id, advisor.user)
        self.assertEqual(self.facts(car, "odometer")["km"], 12_345)

    def test_the_same_reading_once_more_tells_nothing(self):
        car = self.receive(self.store_a1)
        car.odometer_km = 5
        self.assertFalse(self.events_since(car, lambda: car.write({"odometer_km": 5})))

    def test_later_events_carry_the_reading(self):
        car = self.receive(self.store_a1)
        car.odometer_km = 8
        self.sell(car).picking_ids.button_validate()
        self.assertEqual(self.facts(car, "delivered")["km"], 8)

    def test_a_customers_car_entered_by_hand(self):
        car = self.env["dms.vehicle"].create(
            {"vin": new_vin(), "owner_id": self.customer.id, "odometer_km": 70_000}
        )
        self.assertEqual(self.told(car), ["ownership"])
        self.assertEqual(self.facts(car, "ownership")["km"], 70_000)

    def test_a_first_reading_without_anything_else_is_told(self):
        car = self.env["dms.vehicle"].create({"vin": new_vin(), "odometer_km": 9})
        self.assertEqual(self.told(car), ["odometer"])

    def test_a_corrected_vin_ends_one_history_and_begins_another(self):
        car = self.receive(self.store_a1)
        wrong, right = car.vin, new_vin()
        car.vin = right.lower()
        ended, begun = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", car.id), ("code", "=", "vehicle.corrected")],
            order="id",
        )
        self.assertEqual((ended.vin, begun.vin), (wrong, right))
        self.assertEqual(ended.entry_id.subject, wrong)
        self.assertEqual(json.loads(ended.body)["new_vin"], right)
        self.assertEqual(begun.entry_id.subject, right)
        self.assertEqual(json.loads(begun.body)["old_vin"], wrong)

    def test_the_vin_written_in_another_way_is_no_correction(self):
        car = self.receive(self.store_a1)
        self.assertFalse(
            self.events_since(car, lambda: car.write({"vin": car.vin.lower()}))
        )

    def test_a_car_to_which_something_happened_is_not_deleted(self):
        car = self.env["dms.vehicle"].create(
            {"vin": new_vin(), "owner_id": self.customer.id}
        )
        with self.assertRaisesRegex(ValidationError, "archive it"):
            car.unlink()

    # Nothing half done

    def test_what_is_rolled_back_is_not_told(self):
        car = self.receive(self.store_a1)
        entries = self.env["dms.log.entry"].search_count([("subject", "=", car.vin)])
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            car.write({"odometer_km": 5})
            car.write({"vin": "LFV"})
        self.assertNotIn("odometer", self.told(car))
        self.assertEqual(
            self.env["dms.log.entry"].search_count([("subject", "=", car.vin)]), entries
        )

    # In words

    def test_the_log_says_in_words_what_happened_to_a_car(self):
        car = self.receive(self.store_a1)
        received = [("subject", "=", car.vin), ("kind", "=", "vehicle.received")]
        entry = self.env["dms.log.entry"].search(received)
        auditor = self.user("auditor", self.store_a1)
        self.assertEqual(entry.with_user(auditor).kind_name, "Received")
