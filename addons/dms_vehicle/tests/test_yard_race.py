"""Two people or devices at the same moment, in two real transactions."""

from datetime import datetime, timedelta, timezone
from functools import partial

from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.log_common import changeable

from ..models.yard_reception import Reception
from ..vin import with_check_digit
from .race import RaceCase
from .yard_common import box

VINS = [with_check_digit(f"LZZAB3C20TZ90008{n}") for n in (1, 2)]
INSERT = """
    INSERT INTO dms_yard_stay (company_id, site_id, slot_id, vehicle_id, since, until)
    VALUES (%s, %s, %s, %s, %s, %s)
"""


@tagged("post_install", "-at_install")
class TestYardRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.store_id = self.store_ids[0]
            cars = env["dms.vehicle"].create(
                [{"vin": vin, "company_id": self.store_id} for vin in VINS]
            )
            site = env["dms.yard.site"].create(
                {"name": "Race", "code": "RACE", "company_id": self.store_id}
            )
            slots = env["dms.yard.slot"].create(
                [
                    {
                        "site_id": site.id,
                        "code": f"R-{n}",
                        "polygon": box(n * 3, 0),
                    }
                    for n in range(3)
                ]
            )
            device = env["dms.yard.device"].create(
                {"name": "Racer", "company_id": self.store_id}
            )
            self.car, self.other = cars.ids
            self.a, self.b, self.c = slots.ids
            self.site_id, self.device_id = site.id, device.id

    def _forget_cars(self, env):
        with changeable(env, "dms_yard_sighting"):
            for table in ("stay", "sighting", "device", "slot", "site"):
                env.cr.execute(
                    f"DELETE FROM dms_yard_{table} WHERE company_id = %s",
                    [self.store_id],
                )
        return super()._forget_cars(env)

    def see(self, slot, car, env, minutes_ago=0, **vals):
        sightings = env["dms.yard.sighting"]
        row = {
            "company_id": self.store_id,
            "source": "device",
            "slot_id": slot,
            "vehicle_id": car,
            "at": sightings._dms_moment() - timedelta(minutes=minutes_ago),
        }
        return sightings._dms_take([row | vals])

    def standing(self):
        with self.transaction() as env:
            stays = env["dms.yard.stay"].search(
                [("company_id", "=", self.store_id), ("until", "=", False)]
            )
            return {(stay.slot_id.id, stay.vehicle_id.id) for stay in stays}

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_cars_for_one_slot(self):
        first, second = (
            partial(self.see, self.a, car) for car in (self.car, self.other)
        )
        self.assertIsNone(self._race(first, second))
        self.assertEqual(self.standing(), {(self.a, self.other)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_car_in_two_slots(self):
        first, second = (partial(self.see, slot, self.car) for slot in (self.a, self.b))
        self.assertIsNone(self._race(first, second))
        self.assertEqual(self.standing(), {(self.b, self.car)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_older_of_two_at_once_changes_nothing(self):
        first = partial(self.see, self.a, self.car)
        second = partial(self.see, self.b, self.car, minutes_ago=5)
        self.assertIsNone(self._race(first, second))
        self.assertEqual(self.standing(), {(self.a, self.car)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_a_car_that_moves_while_it_is_seen_again(self):
        with self.transaction() as env:
            self.see(self.a, self.car, env, minutes_ago=9)
        again = partial(self.see, self.a, self.car, minutes_ago=1)
        moved = partial(self.see, self.b, self.car, minutes_ago=5)
        self.assertIsNone(self._race(again, moved))
        self.assertEqual(self.standing(), {(self.a, self.car)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_a_car_that_is_seen_again_while_it_moves(self):
        with self.transaction() as env:
            self.see(self.a, self.car, env, minutes_ago=9)
        moved = partial(self.see, self.b, self.car, minutes_ago=5)
        again = partial(self.see, self.a, self.car, minutes_ago=1)
        self.assertIsNone(self._race(moved, again))
        self.assertEqual(self.standing(), {(self.a, self.car)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_a_slot_that_is_emptied_while_its_car_is_seen_again(self):
        with self.transaction() as env:
            self.see(self.a, self.car, env, minutes_ago=9)
        emptied = partial(self.see, self.a, None, minutes_ago=5, occupied=False)
        again = partial(self.see, self.a, self.car, minutes_ago=1)
        self.assertIsNone(self._race(emptied, again))
        self.assertEqual(self.standing(), {(self.a, self.car)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_cars_that_change_places(self):
        with self.transaction() as env:
            self.see(self.a, self.car, env, minutes_ago=9)
            self.see(self.b, self.other, env, minutes_ago=9)
        first = partial(self.see, self.b, self.car)
        second = partial(self.see, self.a, self.other)
        self.assertIsNone(self._race(first, second))
        self.assertEqual(self.standing(), {(self.b, self.car), (self.a, self.other)})

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_same_message_twice_at_once_counts_once(self):
        moment = datetime.now(timezone.utc).isoformat()
        row = {"key": "m1", "slot": "RACE/R-0", "vin": VINS[0], "at": moment}
        answers = []

        def post(env):
            device = env["dms.yard.device"].browse(self.device_id)
            answers.append(Reception(device).take([row])[0]["status"])

        self.assertIsNone(self._race(post, post))
        self.assertEqual(answers[0], "applied")
        self.assertEqual(answers[-1], "duplicate")
        self.assertEqual(self.standing(), {(self.a, self.car)})

    @mute_logger("odoo.sql_db")
    def test_the_database_alone_refuses(self):
        with self.transaction() as env:
            self.see(self.a, self.car, env, minutes_ago=9)
        base = [self.store_id, self.site_id]
        now = "2030-01-01"
        for row in (
            [self.a, self.other, now, None],
            [self.b, self.car, now, None],
            [self.a, None, now, None],
        ):
            with self.assertRaises(UniqueViolation), self.transaction() as env:
                env.cr.execute(INSERT, base + row)
        for row in (
            [self.a, self.other, now, "2030-01-02"],
            [self.b, self.car, now, "2030-01-02"],
        ):
            with self.assertRaises(ExclusionViolation), self.transaction() as env:
                env.cr.execute(INSERT, base + row)
