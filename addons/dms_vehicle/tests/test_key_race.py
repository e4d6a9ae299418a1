"""Two people reach for the same key, in two real transactions."""

from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.log_common import changeable

from ..vin import with_check_digit
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900079")


@tagged("post_install", "-at_install")
class TestKeyRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            car = env["dms.vehicle"].create({"vin": VIN, "company_id": store.id})
            key = env["dms.key.item"].create(
                {"vehicle_id": car.id, "kind": "key1", "company_id": store.id}
            )
            people = env["res.partner"].create(
                [{"name": name} for name in ("Racer 1", "Racer 2")]
            )
            self.car_id, self.key_id, self.people = car.id, key.id, people.ids

    def _forget_cars(self, env):
        mine = [tuple(self.store_ids)]
        with changeable(env, "dms_key_move"):
            for table in ("dms_key_move", "dms_key_item"):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id IN %s", mine)
        return super()._forget_cars(env)

    def key(self, env):
        return env["dms.key.item"].browse(self.key_id)

    @mute_logger("odoo.sql_db")
    def test_one_of_them_gets_it(self):
        first, second = (
            lambda env, who=who: self.key(env).take(who) for who in self.people
        )
        error = self._race(first, second)
        self.assertIsInstance(error, UserError)
        self.assertIn("Racer 1 has it since", str(error))
        with self.transaction() as env:
            self.assertEqual(self.key(env).holder_id.id, self.people[0])
            self.assertEqual(len(self.key(env).move_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_keys_entered_by_two_at_once_are_there_once(self):
        def make(env):
            car = env["dms.vehicle"].browse(self.car_id)
            env["dms.key.item"]._dms_make(car, ("key1", "key2"))

        error = self._race(partial(make), partial(make))
        self.assertIn("already has such a key", str(error))
        with self.transaction() as env:
            keys = env["dms.key.item"].search([("vehicle_id", "=", self.car_id)])
            self.assertEqual(sorted(keys.mapped("kind")), ["key1", "key2"])
