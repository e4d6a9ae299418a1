"""One car gets one open PDI and one open battery task, whoever is at it at once."""

from functools import partial

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.log_common import changeable

from ..vin import with_check_digit
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900091")
QUIET = ("odoo.sql_db", "odoo.service.model")


@tagged("post_install", "-at_install")
class TestInspectionRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            store.write({"dms_battery_days": 30, "dms_battery_minimum": 40})
            car = env["dms.vehicle"].create({"vin": VIN, "company_id": store.id})
            self.car_id = car.id
            env.flush_all()
            # as if it had come by a document long ago
            env.cr.execute(
                "UPDATE dms_vehicle SET state = 'in_stock', kind = 'bev',"
                " received_date = '2026-01-01' WHERE id = %s",
                [car.id],
            )

    def _forget_cars(self, env):
        mine = [self.car_id]
        env.cr.execute("DELETE FROM dms_battery_task WHERE vehicle_id = %s", mine)
        with changeable(env, "dms_battery_reading"):
            env.cr.execute(
                "DELETE FROM dms_battery_reading WHERE vehicle_id = %s", mine
            )
        env.cr.execute(
            "DELETE FROM dms_pdi_item WHERE pdi_id IN"
            " (SELECT id FROM dms_pdi WHERE vehicle_id = %s)",
            mine,
        )
        env.cr.execute("DELETE FROM dms_pdi WHERE vehicle_id = %s", mine)
        return super()._forget_cars(env)

    def start(self, env):
        env["dms.vehicle"].browse(self.car_id)._dms_start_pdi()

    def record(self, soc, env):
        env["dms.battery.reading"].create({"vehicle_id": self.car_id, "soc": soc})

    def plan(self, env):
        env["dms.battery.task"]._cron_plan()

    def count(self, model, **state):
        domain = [("vehicle_id", "=", self.car_id)]
        domain += [(name, "=", value) for name, value in state.items()]
        with self.transaction() as env:
            return env[model].search_count(domain)

    @mute_logger(*QUIET)
    def test_two_start_a_pdi(self):
        self.assertIsNone(self._race(self.start, self.start))
        self.assertEqual(self.count("dms.pdi", state="open"), 1)

    @mute_logger(*QUIET)
    def test_two_read_a_low_battery(self):
        first, second = partial(self.record, 12), partial(self.record, 13)
        self.assertIsNone(self._race(first, second))
        self.assertEqual(self.count("dms.battery.task"), 1)
        self.assertEqual(self.count("dms.battery.reading"), 2)

    @mute_logger(*QUIET)
    def test_a_battery_is_read_while_the_job_plans(self):
        self.assertIsNone(self._race(self.plan, partial(self.record, 12)))
        self.assertEqual(self.count("dms.battery.task", state="open", need="charge"), 1)

    @mute_logger(*QUIET)
    def test_the_job_plans_while_a_battery_is_read(self):
        self.assertIsNone(self._race(partial(self.record, 12), self.plan))
        self.assertEqual(self.count("dms.battery.task"), 1)

    @mute_logger(*QUIET)
    def test_two_read_what_does_the_task(self):
        with self.transaction() as env:
            self.plan(env)
        full = partial(self.record, 90)
        self.assertIsNone(self._race(full, full))
        self.assertEqual(self.count("dms.battery.task", state="done"), 1)
        self.assertEqual(self.count("dms.battery.task"), 1)
