"""Two people at the same moment, in two real transactions."""

from contextlib import contextmanager
from functools import partial

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..vin import with_check_digit
from .certificate_common import new_number
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900077")
TABLES = (
    "dms_certificate_handover",
    "dms_certificate_release",
    "dms_certificate_pledge",
)
UNLINK = """
    UPDATE dms_certificate
    SET pledge_id = NULL, handover_id = NULL, release_id = NULL, safe_id = NULL
    WHERE id = %s
"""


@tagged("post_install", "-at_install")
class TestCertificateRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            banks = env["res.partner"].create(
                [{"name": name, "is_company": True} for name in ("Bank 1", "Bank 2")]
            )
            car = env["dms.vehicle"].create({"vin": VIN, "company_id": store.id})
            self.bank_ids, self.car_id = banks.ids, car.id
            self.user_ids = self._handlers(env, store).ids
            self.paper_id = self._enter(env)

    def _handlers(self, env, store):
        group = env.ref("dms_base.group_dms_fi_officer")
        return env["res.users"].create(
            [
                {
                    "name": f"Racer {n} {store.id}",
                    "login": f"racer{n}.{store.id}",
                    "company_id": store.id,
                    "company_ids": [(6, 0, store.ids)],
                    "group_ids": [(6, 0, group.ids)],
                }
                for n in range(3)
            ]
        )

    def _enter(self, env):
        return (
            env["dms.certificate"]
            .create({"vehicle_id": self.car_id, "number": f"RACE{new_number()[4:]}"})
            .id
        )

    def _forget_cars(self, env):
        self._forget_papers(env)
        return super()._forget_cars(env)

    def _forget_papers(self, env):
        with self._undecided(env):
            env.cr.execute(UNLINK, [self.paper_id])
            for table in TABLES:
                env.cr.execute(
                    f"DELETE FROM {table} WHERE certificate_id = %s", [self.paper_id]
                )
            env.cr.execute("DELETE FROM dms_certificate WHERE id = %s", [self.paper_id])
        env["dms.certificate.safe"].search(
            [("company_id", "in", self.store_ids)]
        ).unlink()
        env["res.users"].browse(self.user_ids).active = False

    @contextmanager
    def _undecided(self, env):
        """What was decided is kept by triggers; tests put everything back."""
        for table in TABLES[:2]:
            env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_decided")
        yield
        for table in TABLES[:2]:
            env.cr.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_decided")

    def pledge(self, bank, env):
        env["dms.certificate.pledge"].create(
            {"certificate_id": self.paper_id, "lender_id": bank}
        )

    @mute_logger("odoo.sql_db")
    def test_two_pledges_at_once_become_one(self):
        first, second = self.bank_ids
        error = self._race(partial(self.pledge, first), partial(self.pledge, second))
        self.assertIsInstance(error, UserError)
        self.assertIn("already pledged to Bank 1", str(error))
        with self.transaction() as env:
            pledges = env["dms.certificate.pledge"]
            mine = [("certificate_id", "=", self.paper_id)]
            self.assertEqual(pledges.search(mine).lender_id.ids, [first])

    @mute_logger("odoo.sql_db")
    def test_the_database_alone_refuses_a_second_pledge(self):
        with self.transaction() as env:
            self.pledge(self.bank_ids[0], env)
        insert = (
            "INSERT INTO dms_certificate_pledge"
            " (certificate_id, company_id, lender_id, since)"
            " VALUES (%s, %s, %s, '2026-01-01')"
        )
        row = [self.paper_id, self.store_ids[0], self.bank_ids[1]]
        with self.assertRaises(UniqueViolation), self.transaction() as env:
            env.cr.execute(insert, row)

    @mute_logger("odoo.sql_db")
    def test_confirmed_by_two_at_once_it_is_confirmed_once(self):
        with self.transaction() as env:
            handovers = env["dms.certificate.handover"].with_user(self.user_ids[0])
            handover = handovers.create({"certificate_id": self.paper_id})
            handover_id = handover.id
        answers = {}

        def accept(user, env):
            handover = env["dms.certificate.handover"].with_user(user)
            answers[user] = handover.browse(handover_id).accept()

        first, second = self.user_ids[1:]
        self.assertIsNone(self._race(partial(accept, first), partial(accept, second)))
        self.assertEqual(answers[first]["changed"], [handover_id])
        self.assertEqual(answers[second]["changed"], [])
        with self.transaction() as env:
            handover = env["dms.certificate.handover"].browse(handover_id)
            self.assertEqual(handover.decided_by_id.id, first)
            events = env["dms.vehicle.event"].search_count(
                [("res_model", "=", handover._name), ("res_id", "=", handover_id)]
            )
            self.assertEqual(events, 1)

    @mute_logger("odoo.sql_db")
    def test_a_car_pledged_this_moment_is_not_delivered(self):
        def deliver(env):
            car = env["dms.vehicle"].browse(self.car_id)
            car._dms_check_certificates()
            car.delivered_date = "2026-11-24"

        error = self._race(partial(self.pledge, self.bank_ids[0]), deliver)
        self.assertIsInstance(error, UserError)
        self.assertIn("pledged to Bank 1", str(error))
