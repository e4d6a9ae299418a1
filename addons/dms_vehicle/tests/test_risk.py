"""What the five rules against fraud raise, from records to alerts."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..fraud import OdometerBack
from .common import VehicleCommon, new_vin

NOON = datetime(2026, 3, 1, 4, 0)
SHANGHAI = {"dms_latitude": 31.23, "dms_longitude": 121.47}
BEIJING = {"dms_latitude": 39.90, "dms_longitude": 116.40}


@tagged("post_install", "-at_install")
class TestRisk(VehicleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        regions = cls.env["dms.region"]
        cls.east, cls.north = regions.create([{"name": "East"}, {"name": "North"}])
        cls.store_a1.write({"dms_region_id": cls.east.id, **SHANGHAI})
        cls.store_a2.write({"dms_region_id": cls.north.id, **BEIJING})
        cls.store_b1.write({"dms_region_id": cls.north.id, **BEIJING})
        cls.manager = cls.user("store_manager", cls.store_a1)

    def car(self, store=None, **vals):
        store = store or self.store_a1
        return self.env["dms.vehicle"].create(
            {"vin": new_vin(), "company_id": store.id, **vals}
        )

    def record(self, car, code, store=None, day=1, **more):
        """Record an event of a store on a day of March."""
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", (store or self.store_a1).id)], limit=1
        )
        at = NOON + timedelta(days=day)
        return car._dms_record(f"vehicle.{code}", at=at, document=warehouse, **more)

    def alerts(self, car, rule=None):
        """Return alerts about a car, of one rule if named."""
        alerts = self.env["dms.risk.alert"].search(
            [("res_model", "=", "dms.vehicle"), ("res_id", "=", car.id)]
        )
        mine = rule and self.env.ref(f"dms_vehicle.risk_rule_{rule}")
        return alerts.filtered(lambda alert: alert.rule_id == mine) if rule else alerts

    # Diversion

    def test_a_car_delivered_outside_its_region_is_a_diversion(self):
        car = self.car()
        self.record(car, "received")
        self.record(car, "delivered", self.store_a2, day=5)
        alert = self.alerts(car, "diversion")
        self.assertEqual(alert.company_id, self.store_a2, "the store of the event")
        self.assertEqual(alert.message, "Allocated to East, surfaced in North")

    def test_a_car_delivered_in_its_region_is_not(self):
        car = self.car()
        self.record(car, "received")
        self.record(car, "delivered", day=5)
        self.assertFalse(self.alerts(car))

    def test_a_transfer_to_another_region_is_fine_if_the_rule_says_so(self):
        rule = self.env.ref("dms_vehicle.risk_rule_diversion")
        rule.parameters = '{"transfer_moves": true}'
        car = self.car()
        self.record(car, "received")
        self.record(car, "moved", day=2, facts={"to_store": "TA/A2"})
        self.record(
            car, "received", self.store_a2, day=4, facts={"from_store": "TA/A1"}
        )
        self.record(car, "delivered", self.store_a2, day=5)
        self.assertFalse(self.alerts(car))

    # Odometer

    def test_an_odometer_going_back_raises_an_alert(self):
        car = self.car(odometer_km=20_000)
        self.record(car, "serviced", day=1)
        car.odometer_km = 18_000
        alert = self.alerts(car, "odometer")
        self.assertIn("20000 km on", alert.message)
        self.assertIn("18000 km on", alert.message)
        self.assertEqual(alert.user_id, self.manager)

    def test_an_odometer_going_forward_raises_none(self):
        car = self.car(odometer_km=20_000)
        car.odometer_km = 21_000
        self.assertFalse(self.alerts(car))

    def test_a_replaced_odometer_raises_none(self):
        car = self.car(odometer_km=20_000)
        car.dms_replace_odometer("Cluster replaced, invoice 4711", odometer_km=5)
        self.assertEqual(car.odometer_km, 5)
        self.assertIn("4711", car.message_ids[0].body)
        self.assertFalse(self.alerts(car))

    def test_an_odometer_is_replaced_in_a_window_that_asks_why(self):
        car = self.car(odometer_km=20_000)
        advisor = self.user("service_advisor", self.store_a1)
        wizard = self.env["dms.vehicle.odometer"].with_user(advisor)
        vals = {"vehicle_id": car.id, "odometer_km": 7, "reason": "Cluster replaced"}
        wizard.create(vals).action_replace()
        self.assertEqual(car.odometer_km, 7)
        self.assertFalse(self.alerts(car))

    def test_the_new_odometer_is_watched_again(self):
        car = self.car(odometer_km=20_000)
        car.dms_replace_odometer("Cluster replaced", odometer_km=500)
        car.odometer_km = 400
        self.assertEqual(len(self.alerts(car, "odometer")), 1)

    # Delivered twice

    def test_a_car_delivered_twice_raises_an_alert(self):
        car = self.car()
        self.record(car, "delivered", day=1)
        self.record(car, "delivered", day=3)
        self.assertEqual(
            self.alerts(car, "delivered_twice").message,
            "Delivered on 2026-03-02 and again on 2026-03-04",
        )

    def test_a_car_delivered_again_after_its_return_is_not(self):
        car = self.car(is_used=True)
        self.record(car, "delivered", day=1)
        self.record(car, "returned", day=2, facts={"from": "customer"})
        self.record(car, "delivered", day=3)
        self.assertFalse(self.alerts(car))

    # Refurbished

    def test_a_car_sold_as_new_after_a_repair_is_refurbished(self):
        car = self.car()
        self.record(car, "received", day=1)
        self.record(car, "serviced", day=2)
        self.record(car, "delivered", day=3)
        alert = self.alerts(car, "refurbished")
        self.assertIn("Serviced on 2026-03-03, then delivered as new", alert.message)

    def test_a_car_sold_as_used_is_not(self):
        car = self.car(is_used=True)
        self.record(car, "serviced", day=2)
        self.record(car, "delivered", day=3)
        self.assertFalse(self.alerts(car))

    # Two places

    def test_a_car_received_at_two_stores_is_at_two_places(self):
        car = self.car()
        self.record(car, "received", day=1)
        self.record(car, "received", self.store_a2, day=9)
        self.assertTrue(self.alerts(car, "two_places"))

    def test_a_car_that_left_before_is_not(self):
        car = self.car()
        self.record(car, "received", day=1)
        self.record(car, "moved", day=2, facts={"to_store": "TA/A2"})
        self.record(car, "received", self.store_a2, day=4)
        self.assertFalse(self.alerts(car))

    def test_a_car_that_is_faster_than_cars_are_is_at_two_places(self):
        car = self.car()
        self.record(car, "serviced", day=1)
        self.record(car, "serviced", self.store_a2, day=1.1)
        self.assertTrue(self.alerts(car, "two_places"))

    # Evidence

    def test_the_evidence_shows_both_events(self):
        car = self.car()
        first = self.record(car, "delivered", day=1)
        second = self.record(car, "delivered", day=3)
        alert = self.alerts(car, "delivered_twice").with_user(self.manager)
        html = str(alert.evidence_table)
        self.assertIn("Delivered", html)
        self.assertIn(self.store_a1.name, html)
        for event in first | second:
            self.assertIn(f"/odoo/dms.vehicle.event/{event.id}", html)

    def test_a_store_of_another_dealer_group_is_not_named(self):
        car = self.car()
        self.record(car, "received", self.store_b1, day=1)
        self.record(car, "received", self.store_a1, day=9)
        alert = self.alerts(car, "two_places")
        shown = f"{alert.evidence_table} {alert.message} {alert.evidence}"
        self.assertNotIn(self.store_b1.name, shown)
        self.assertIn(self.store_a1.name, shown)

    def test_the_alert_leads_to_the_car(self):
        car = self.car()
        self.record(car, "delivered", day=1)
        self.record(car, "delivered", day=3)
        action = self.alerts(car, "delivered_twice").action_open_record()
        self.assertEqual((action["res_model"], action["res_id"]), (car._name, car.id))

    # From the documents

    def test_what_people_do_every_day_raises_nothing(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        sale.picking_ids.button_validate()
        self.assertEqual(car.state, "delivered")
        self.assertFalse(self.alerts(car))

    def test_a_rule_that_fails_does_not_stop_the_delivery(self):
        car = self.receive(self.store_a1)
        car.odometer_km = 3
        sale = self.sell(car)
        with (
            patch.object(OdometerBack, "judge", side_effect=ZeroDivisionError),
            mute_logger("odoo.addons.dms_base.models.dms_risk_rule"),
        ):
            sale.picking_ids.button_validate()
        self.assertEqual(car.state, "delivered")
        self.assertTrue(self.env.ref("dms_vehicle.risk_rule_odometer").is_failing)

    def test_a_run_on_existing_data_finds_what_nobody_looked_for(self):
        rule = self.env.ref("dms_vehicle.risk_rule_delivered_twice")
        rule.active = False
        car = self.car()
        self.record(car, "delivered", day=1)
        self.record(car, "delivered", day=3)
        self.assertFalse(self.alerts(car, "delivered_twice"))
        rule.active = True
        rule.action_scan()
        rule._scan_batch(100_000)
        self.assertEqual(len(self.alerts(car, "delivered_twice")), 1)

    # Rules

    def test_parameters_a_rule_does_not_know_are_refused(self):
        rule = self.env.ref("dms_vehicle.risk_rule_diversion")
        for parameters in ('{"region": "top"}', '{"regions": "city"}'):
            with self.subTest(parameters), self.assertRaises(ValidationError):
                rule.parameters = parameters

    # Cost

    def queries(self, function, *arguments):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*arguments)
        return self.env.cr.sql_log_count - before

    def test_judging_costs_the_same_for_one_car_and_for_many(self):
        cars = self.env["dms.vehicle"].union(*(self.car() for _n in range(30)))
        for code in ("received", "delivered"):
            cars._dms_record(f"vehicle.{code}", at=NOON)
        events = cars._dms_record("vehicle.serviced", at=NOON)
        rules = self.env["dms.risk.rule"]
        one = self.queries(rules._dms_evaluate, events[:1])
        self.assertEqual(self.queries(rules._dms_evaluate, events), one)
        self.assertLessEqual(one, 12)

    def test_events_no_rule_is_for_cost_one_query(self):
        events = self.car()._dms_record("vehicle.certificate", at=NOON)
        rules = self.env["dms.risk.rule"]
        rules._dms_evaluate(events)
        self.env.flush_all()
        self.env.invalidate_all()
        rules._listening(events._name)
        with self.assertQueryCount(6):
            rules._dms_evaluate(events)

    # On the car

    def test_a_car_counts_its_open_alerts(self):
        car = self.car()
        self.record(car, "delivered", day=1)
        self.record(car, "delivered", day=3)
        seen = car.with_user(self.manager)
        count = len(self.alerts(car))
        self.assertEqual(seen.dms_open_alert_count, count)
        self.alerts(car).with_user(self.manager)._close("false_alarm", "A test")
        seen.invalidate_recordset()
        self.assertEqual(seen.dms_open_alert_count, 0)

    def test_cars_are_found_by_their_open_alerts(self):
        car, other = self.car(), self.car()
        self.record(car, "delivered", day=1)
        self.record(car, "delivered", day=3)
        ours = [("id", "in", (car | other).ids)]
        cars = self.env["dms.vehicle"]
        with_some = cars.search([("dms_open_alert_count", ">", 0), *ours])
        without = cars.search([("dms_open_alert_count", "=", 0), *ours])
        self.assertEqual((with_some, without), (car, other))

    def test_sales_consultants_do_not_see_that_a_car_is_suspicious(self):
        car = self.car()
        self.record(car, "delivered", day=1)
        self.record(car, "delivered", day=3)
        consultant = self.user("sales_consultant", self.store_a1)
        self.assertEqual(car.with_user(consultant).dms_open_alert_count, 0)
