"""Sightings are let go after a time; who stood where stays known."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.dms_yard_sighting import KEEP_DAYS
from ..models.yard_reception import Reception
from .yard_common import YardCommon

KEEP = "dms_vehicle.yard_keep_days"


@tagged("post_install", "-at_install")
class TestYardRetention(YardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sightings = cls.env["dms.yard.sighting"]
        cls.device = cls.env["dms.yard.device"].create(
            {"name": "Camera", "company_id": cls.store_a1.id}
        )

    def keep(self, days):
        self.env["ir.config_parameter"].set_param(KEEP, days)

    def days_ago(self, days):
        return self.sightings._dms_moment() - timedelta(days=days)

    def report(self, days, car, slot, key=None):
        """Let a device report today what it saw so many days ago."""
        row = {
            "key": key or f"{car.vin}-{slot.code}-{days}",
            "slot": slot.display_name,
            "vin": car.vin,
            "at": f"{self.days_ago(days).isoformat()}+00:00",
        }
        return Reception(self.device).take([row])[0]["status"]

    def saw(self, days, car, slot, **options):
        """So many days ago a device reported what it saw."""
        options.setdefault("key", f"{car.vin}-{slot.code}-{days}")
        with freeze_time(self.days_ago(days)):
            return self.report(0, car, slot, **options)

    def kept(self):
        return self.sightings.search([("slot_id", "in", self.slots.ids)])

    def forget(self, size=100):
        """Let one batch go, the oldest.

        :return: how many have gone
        """
        horizon = self.sightings._dms_horizon()
        self.sightings._dms_before_forgetting(horizon)
        before = self.kept().sorted("id")[:1].id - 1
        until = self.sightings._dms_next(before, horizon, size)
        return until and self.sightings._dms_forget(before, until, horizon)

    def test_the_scheduled_action_lets_old_ones_go(self):
        self.saw(KEEP_DAYS + 1, self.car, self.a1)
        self.saw(KEEP_DAYS - 1, self.other_car, self.a2)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("dms_vehicle.ir_cron_yard_forget").method_direct_trigger()
        self.assertEqual(self.kept().vehicle_id, self.other_car)

    def test_who_stood_where_since_when_stays(self):
        self.saw(200, self.car, self.a1)
        self.saw(150, self.car, self.a2)
        stays = self.a1.stay_ids | self.a2.stay_ids
        before = stays.read(["vehicle_id", "slot_id", "since", "until"])
        self.assertEqual(self.forget(), 2)
        stays.invalidate_recordset()
        self.assertEqual(
            stays.read(["vehicle_id", "slot_id", "since", "until"]), before
        )
        self.assertStands(self.car, self.a2)

    def test_a_message_that_comes_again_changes_nothing(self):
        self.saw(200, self.car, self.a1)
        self.saw(150, self.car, self.a2)
        self.forget()
        self.assertEqual(self.report(200, self.car, self.a1), "outdated")
        self.assertStands(self.car, self.a2)

    def test_nor_if_sightings_are_kept_for_longer_later(self):
        self.saw(200, self.car, self.a1)
        self.saw(150, self.car, self.a2)
        self.forget()
        self.keep(1000)
        self.assertEqual(self.report(200, self.car, self.a1), "outdated")
        self.assertStands(self.car, self.a2)

    def test_an_old_message_that_comes_for_the_first_time_neither(self):
        self.assertEqual(self.report(KEEP_DAYS + 1, self.car, self.a1), "outdated")
        self.assertEqual(self.report(KEEP_DAYS - 1, self.car, self.a1), "applied")

    def test_young_messages_are_still_recognised(self):
        self.saw(200, self.car, self.a1)
        self.saw(2, self.car, self.a2, key="young")
        self.forget()
        self.assertEqual(self.report(2, self.car, self.a2, key="young"), "duplicate")

    def test_a_car_that_is_recognised_after_its_sightings_went(self):
        """What it did meanwhile is told by its stays."""
        row = {"company_id": self.store_a1.id, "source": "device"}
        with freeze_time(self.days_ago(200)):
            self.sightings._dms_take([row | {"slot_id": self.a1.id}])
        self.saw(150, self.car, self.a2)
        elsewhere = self.a2.stay_ids
        self.forget()
        self.park(self.car, self.a1)
        self.assertStands(self.car, self.a1)
        self.assertGreater(self.a1.since, elsewhere.since)
        self.assertGreater(elsewhere.until, elsewhere.since)

    def test_one_batch_is_bounded(self):
        for day in range(5):
            self.saw(200 - day, self.new_car(), self.a1)
        self.assertEqual(self.forget(size=2), 2)
        self.assertEqual(len(self.kept()), 3)
        self.assertEqual([self.forget(size=2) for _n in range(3)], [2, 1, None])

    def test_zero_days_mean_for_ever(self):
        self.keep(0)
        self.assertIsNone(self.sightings._dms_horizon())

    @mute_logger("odoo.addons.dms_base.models.dms_retention_mixin")
    def test_what_is_no_number_lets_nothing_go(self):
        self.keep("ninety")
        self.assertIsNone(self.sightings._dms_horizon())

    def test_a_week_is_always_kept(self):
        self.keep(1)
        self.assertLess(self.sightings._dms_horizon(), self.days_ago(6))

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_no_young_one_go(self):
        self.saw(2, self.car, self.a1)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._delete(before=self.days_ago(0))
        self.assertTrue(self.kept())

    @mute_logger("odoo.sql_db")
    def test_nor_an_old_one_unless_the_transaction_says_so(self):
        self.saw(200, self.car, self.a1)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._delete(before="")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._delete(before=self.days_ago(300))
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.kept().sudo().unlink()

    def _delete(self, before):
        cr = self.env.cr
        cr.execute("SELECT set_config('dms.forget_before', %s, true)", [str(before)])
        cr.execute("DELETE FROM dms_yard_sighting")

    def test_a_car_that_stood_here_is_not_deleted(self):
        self.saw(200, self.car, self.a1)
        self.forget()
        with self.assertRaisesRegex(UserError, "seen in the yard"):
            self.car.unlink()
