"""Batteries of stored cars: readings, and the tasks that follow from them."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date, Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from ..models.dms_battery_reading import KEEP_DAYS
from .inspection_common import InspectionCommon


class BatteryCommon(InspectionCommon):
    """Store A1 reads batteries every 30 days and charges below 40 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store_a1.write({"dms_battery_days": 30, "dms_battery_minimum": 40})
        cls.tasks = cls.env["dms.battery.task"]

    def old_car(self, days=31, count=1):
        cars = self.receive(self.store_a1, count)
        cars.received_date = Date.add(Date.context_today(cars), days=-days)
        return cars

    def record(self, car, soc, days_ago=0, user=None, **vals):
        readings = self.by(user or self.technician, self.env["dms.battery.reading"])
        at = Datetime.add(Datetime.now(), days=-days_ago)
        return readings.create({"vehicle_id": car.id, "soc": soc, "at": at, **vals})

    def task(self, car):
        return self.tasks.search([("vehicle_id", "=", car.id)])


@tagged("post_install", "-at_install")
class TestTasks(BatteryCommon):
    def test_a_car_that_stands_long_gets_one_task(self):
        car = self.old_car()
        self.tasks._cron_plan()
        self.assertRecordValues(
            self.task(car),
            [{"need": "check", "state": "open", "company_id": self.store_a1.id}],
        )

    def test_a_second_run_makes_no_second_one(self):
        car = self.old_car()
        self.tasks._cron_plan()
        first = self.task(car)
        self.tasks._cron_plan()
        self.assertEqual(self.task(car), first)

    def test_a_new_car_gets_none(self):
        car = self.old_car(days=3)
        self.tasks._cron_plan()
        self.assertFalse(self.task(car))

    def test_nor_does_a_car_without_drive_battery(self):
        car = self.old_car()
        car.product_id.dms_kind = "ice"
        self.tasks._cron_plan()
        self.assertFalse(self.task(car))

    def test_nor_a_car_of_a_store_without_checks(self):
        car = self.old_car()
        self.store_a1.dms_battery_days = 0
        self.tasks._cron_plan()
        self.assertFalse(self.task(car))

    def test_a_good_reading_does_the_task(self):
        car = self.old_car()
        self.tasks._cron_plan()
        reading = self.record(car, 40)
        self.assertRecordValues(
            self.task(car), [{"state": "done", "reading_id": reading.id}]
        )

    def test_a_low_reading_makes_it_a_charge(self):
        car = self.old_car()
        self.tasks._cron_plan()
        self.record(car, 12)
        self.assertRecordValues(self.task(car), [{"need": "charge", "state": "open"}])

    def test_a_charge_does_it(self):
        car = self.old_car()
        self.record(car, 12)
        self.assertEqual(self.task(car).need, "charge")
        self.record(car, 80, charged=True)
        self.assertEqual(self.task(car).state, "done")

    def test_a_low_reading_makes_a_task_at_once(self):
        car = self.receive(self.store_a1)
        self.record(car, 12)
        self.assertRecordValues(self.task(car), [{"need": "charge", "state": "open"}])

    def test_the_next_task_comes_after_the_last_reading(self):
        car = self.old_car(days=90)
        self.record(car, 70, days_ago=31)
        self.tasks._cron_plan()
        self.assertEqual(self.task(car).state, "open")
        self.record(car, 65)
        self.tasks._cron_plan()
        self.assertEqual(self.task(car).mapped("state"), ["done"])

    def test_a_late_message_about_an_old_reading_changes_nothing(self):
        car = self.receive(self.store_a1)
        self.record(car, 80)
        self.record(car, 10, days_ago=2, source="Gateway 1")
        self.assertFalse(self.task(car))
        self.assertEqual(car.battery_soc, 80)

    def test_a_delivered_car_needs_none_any_more(self):
        car = self.old_car()
        self.tasks._cron_plan()
        self.sell(car).picking_ids.button_validate()
        self.tasks._cron_plan()
        self.assertEqual(self.task(car).state, "cancelled")

    @mute_logger("odoo.sql_db")
    def test_a_car_on_its_way_to_another_store_leaves_no_task_behind(self):
        car = self.old_car()
        self.env["dms.battery.task"]._plan()
        task = self.task(car)
        self.assertEqual(task.company_id, self.store_a1)
        wizard = car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        sale = car.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        sale.picking_ids.button_validate()
        self.assertEqual(task.state, "cancelled")

    def test_no_cars_are_not_all_cars(self):
        car = self.old_car()
        self.env["dms.battery.task"]._plan(car.browse())
        self.assertFalse(self.task(car))

    def test_the_database_holds_to_one_open_task(self):
        car = self.old_car()
        self.tasks._cron_plan()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.task(car).copy()

    def test_many_cars_are_judged_by_one_query(self):
        few, many = self.old_car(count=2), self.old_car(count=20)
        self.tasks._plan(few | many)
        self.assertEqual(self._queries(few), self._queries(many))

    def _queries(self, cars):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.tasks._plan(cars)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_many_tasks_are_made_at_once(self):
        cars = self.old_car(count=20)
        self.assertLess(self._queries(cars), 15)
        self.assertEqual(self.tasks.search_count([("vehicle_id", "in", cars.ids)]), 20)

    def test_the_buttons_ask_for_a_reading_of_this_car(self):
        car = self.old_car()
        self.tasks._cron_plan()
        task = self.by(self.technician, self.task(car))
        context = task.action_charged()["context"]
        self.assertEqual(context["default_vehicle_id"], car.id)
        self.assertTrue(context["default_charged"])
        self.assertFalse(task.action_read()["context"]["default_charged"])


@tagged("post_install", "-at_install")
class TestReadings(BatteryCommon):
    def test_it_says_who_has_read_and_where(self):
        car = self.receive(self.store_a1)
        self.assertRecordValues(
            self.record(car, 55.5),
            [
                {
                    "soc": 55.5,
                    "source": self.technician.name,
                    "company_id": self.store_a1.id,
                }
            ],
        )

    def test_the_car_shows_the_last_one(self):
        first, second = self.receive(self.store_a1), self.receive(self.store_a1)
        self.record(first, 50, days_ago=1)
        self.record(first, 60)
        cars = first | second
        cars.invalidate_recordset()
        self.assertEqual(cars.mapped("battery_soc"), [60, 0])
        self.assertFalse(second.battery_read_at)

    @mute_logger("odoo.sql_db")
    def test_it_lies_between_0_and_100(self):
        car = self.receive(self.store_a1)
        for soc in (-1, 101):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.record(car, soc)

    def test_not_in_the_future(self):
        with self.assertRaisesRegex(UserError, "future"):
            self.record(self.receive(self.store_a1), 50, days_ago=-1)

    def test_not_of_a_car_without_drive_battery(self):
        car = self.receive(self.store_a1)
        car.product_id.dms_kind = "hev"
        with self.assertRaisesRegex(UserError, "no drive battery"):
            self.record(car, 50)

    def test_it_is_never_changed(self):
        reading = self.record(self.receive(self.store_a1), 50)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            reading.sudo().soc = 60
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            reading.sudo().unlink()

    def test_who_records(self):
        for model, allowed in (
            (
                "dms.battery.reading",
                {
                    "technician",
                    "service_advisor",
                    "workshop_manager",
                    "store_manager",
                    "group_admin",
                    "integrator",
                },
            ),
            ("dms.battery.task", set()),
        ):
            can = {
                role
                for role in ROLES
                if self.in_store(self.store_a1, role)[model].has_access("create")
            }
            self.assertEqual(can, allowed, model)

    def test_a_gateway_records(self):
        car = self.receive(self.store_a1)
        integrator = self.user("integrator", self.store_a1)
        self.record(car, 20, user=integrator, source="Gateway 7")
        self.assertEqual(car.battery_reading_ids.source, "Gateway 7")
        self.assertEqual(self.task(car).need, "charge")

    def test_cars_of_another_store_are_out_of_reach(self):
        car = self.old_car()
        self.tasks._cron_plan()
        technician = self.user("technician", self.store_a2)
        with self.assertRaises(AccessError):
            self.record(car, 50, user=technician)
        with self.assertRaises(AccessError):
            self.by(technician, self.task(car)).read(["need"])


@tagged("post_install", "-at_install")
class TestRetention(BatteryCommon):
    """Old readings go, save what is still asked for."""

    def forget(self):
        readings = self.env["dms.battery.reading"]
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("dms_vehicle.ir_cron_battery_forget").method_direct_trigger()
        readings.invalidate_model()

    def old(self, car, count=2):
        return [self.record(car, 80, KEEP_DAYS + 9 - n) for n in range(count)]

    def test_old_ones_go(self):
        car = self.receive(self.store_a1)
        young = [self.record(car, 80), self.record(car, 80, KEEP_DAYS - 1)]
        self.old(car)
        self.forget()
        self.assertEqual(set(car.battery_reading_ids), set(young))

    def test_the_last_one_stays_however_old(self):
        self.store_a1.dms_battery_days = 0
        car = self.receive(self.store_a1)
        _first, last = self.old(car)
        self.forget()
        self.assertEqual(car.battery_reading_ids, last)
        self.assertEqual(car.battery_soc, 80)

    def test_what_did_a_task_stays(self):
        car = self.old_car(days=900)
        self.tasks._plan(car)
        self.old(car)
        done = self.record(car, 80)
        self.forget()
        self.assertEqual(self.task(car).reading_id, done)
        proof = self.record(car, 80, KEEP_DAYS + 1)
        self.task(car).reading_id = proof
        self.forget()
        self.assertEqual(set(car.battery_reading_ids), {done, proof})

    def test_those_of_an_open_task_stay_until_it_is_done(self):
        car = self.receive(self.store_a1)
        old = self.old(car)
        self.assertEqual(self.task(car).state, "open")
        self.forget()
        self.assertEqual(set(car.battery_reading_ids), set(old))
        young = self.record(car, 80)
        self.forget()
        self.assertEqual(car.battery_reading_ids, young)
