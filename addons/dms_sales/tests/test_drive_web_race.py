"""A customer on the website and a consultant want the last car, in two transactions."""

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_vehicle.tests.race import RaceCase
from odoo.addons.dms_vehicle.vin import with_check_digit

VINS = [with_check_digit(f"LZZAB3C20TZ90009{n}") for n in (5, 6)]


@tagged("post_install", "-at_install")
class TestDriveWebRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            store.write({"dms_drive_notice": 0, "country_id": env.ref("base.cn").id})
            template = env["product.template"].create(
                {
                    "name": "Race E5",
                    "categ_id": env.ref("dms_vehicle.product_category_vehicles").id,
                    "dms_is_vehicle": True,
                    "dms_brand_id": env["dms.brand"].search([], limit=1).id
                    or env["dms.brand"].create({"name": "Race", "code": "RACE-1"}).id,
                }
            )
            self.product_id = template.product_variant_id.id
            self.template_id = template.id
            self.day = fields.Date.add(fields.Date.today(), days=7)
            while self.day.weekday() > 4:
                self.day = fields.Date.add(self.day, days=1)
            self.serve(env, VINS[0])

    def serve(self, env, vin):
        car = env["dms.vehicle"].create(
            {
                "vin": vin,
                "company_id": self.store_ids[0],
                "product_id": self.product_id,
            }
        )
        env["dms.drive.car"].create(
            {
                "vehicle_id": car.id,
                "company_id": self.store_ids[0],
                "since": "2020-01-01",
                "for_test": True,
            }
        )
        return car

    def _forget_cars(self, env):
        stores = [tuple(self.store_ids)]
        for table in ("dms_drive", "dms_drive_car", "crm_lead"):
            env.cr.execute(f"DELETE FROM {table} WHERE company_id IN %s", stores)
        partners = env["res.partner"].search([("company_id", "in", self.store_ids)])
        res = super()._forget_cars(env)
        env["product.template"].browse(self.template_id).unlink()
        partners.active = False
        return res

    def slots(self, env):
        store = env["res.company"].browse(self.store_ids[0])
        return env["dms.drive"]._dms_web_slots(store, self.product_id, self.day)

    def web(self, name):
        def step(env):
            store = env["res.company"].browse(self.store_ids[0])
            env["dms.drive"]._dms_book_web(
                store,
                env["product.product"].browse(self.product_id),
                self.day,
                self.start,
                {"name": name, "phone": f"1380000000{name[-1]}"},
            )

        return step

    def consultant(self, env):
        env["dms.drive"].create(
            {
                "product_id": self.product_id,
                "company_id": self.store_ids[0],
                "driver_name": "Racer 1",
                "start": self.start,
            }
        )

    def booked(self):
        with self.transaction() as env:
            drives = env["dms.drive"].search([("company_id", "in", self.store_ids)])
            return sorted(drives.mapped("driver_name"))

    def choose(self):
        with self.transaction() as env:
            self.start = self.slots(env)[0]["start"]

    @mute_logger("odoo.sql_db")
    def test_the_consultant_was_sooner(self):
        self.choose()
        error = self._race(self.consultant, self.web("Racer 2"))
        self.assertIn("That time is taken", str(error))
        self.assertEqual(self.booked(), ["Racer 1"])

    @mute_logger("odoo.sql_db")
    def test_the_customer_was_sooner(self):
        self.choose()
        error = self._race(self.web("Racer 2"), self.consultant)
        self.assertIn("taken", str(error))
        self.assertEqual(self.booked(), ["Racer 2"])

    @mute_logger("odoo.sql_db")
    def test_a_second_car_serves_who_came_second(self):
        with self.transaction() as env:
            self.serve(env, VINS[1])
        self.choose()
        self.assertIsNone(self._race(self.web("Racer 2"), self.web("Racer 3")))
        self.assertEqual(self.booked(), ["Racer 2", "Racer 3"])
