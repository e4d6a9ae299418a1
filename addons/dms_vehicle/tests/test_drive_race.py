"""Two people want the same car at the same time, in two real transactions."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..vin import with_check_digit
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900091")
START = "2031-03-03 02:00:00"


@tagged("post_install", "-at_install")
class TestDriveRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            car = env["dms.vehicle"].create({"vin": VIN, "company_id": store.id})
            env["dms.drive.car"].create(
                {
                    "vehicle_id": car.id,
                    "company_id": store.id,
                    "since": "2020-01-01",
                    "for_test": True,
                }
            )
            self.car_id = car.id

    def _forget_cars(self, env):
        stores = [tuple(self.store_ids)]
        for table in ("dms_drive", "dms_drive_car"):
            env.cr.execute(f"DELETE FROM {table} WHERE company_id IN %s", stores)
        return super()._forget_cars(env)

    def book(self, name):
        def step(env):
            env["dms.drive"].create(
                {
                    "vehicle_id": self.car_id,
                    "company_id": self.store_ids[0],
                    "driver_name": name,
                    "start": START,
                }
            )

        return step

    @mute_logger("odoo.sql_db")
    def test_one_of_two_consultants_gets_the_car(self):
        error = self._race(self.book("Racer 1"), self.book("Racer 2"))
        self.assertIn("taken", str(error))
        with self.transaction() as env:
            drives = env["dms.drive"].search([("vehicle_id", "=", self.car_id)])
            self.assertEqual(drives.driver_name, "Racer 1")

    @mute_logger("odoo.sql_db")
    def test_a_cancelled_drive_of_the_first_lets_the_second_have_it(self):
        def book_and_cancel(env):
            self.book("Racer 1")(env)
            drive = env["dms.drive"].search([("vehicle_id", "=", self.car_id)])
            env.flush_all()
            drive.action_cancel()

        with self.transaction() as env:
            book_and_cancel(env)
        with self.transaction() as env:
            self.book("Racer 2")(env)
            drives = env["dms.drive"].search([("vehicle_id", "=", self.car_id)])
            self.assertEqual(
                drives.filtered(lambda one: one.state == "booked").driver_name,
                "Racer 2",
            )
