"""Of two transactions that claim a record, the second sees what the first has done."""

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo.tests import TransactionCase, tagged

from .committed import CommittedCase


@tagged("post_install", "-at_install")
class TestClaim(TransactionCase):
    def test_nothing_costs_nothing(self):
        with self.assertQueryCount(0):
            self.env["dms.brand"]._dms_claim()

    def test_many_cost_one_query(self):
        brands = self.env["dms.brand"].create(
            [{"name": f"Claim {code}", "code": f"CLAIM{code}"} for code in "ABC"]
        )
        self.env.flush_all()
        with self.assertQueryCount(1):
            brands._dms_claim()


@tagged("post_install", "-at_install")
class TestClaimCommitted(CommittedCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            brand = env["dms.brand"].create({"name": "Claim", "code": "CLAIM"})
            self.brand_id = brand.id
        self.addCleanup(self._forget)

    def _forget(self):
        with self.transaction() as env:
            env["dms.brand"].browse(self.brand_id).unlink()

    def _brand(self, env):
        return env["dms.brand"].browse(self.brand_id)

    def test_the_second_waits_for_the_first(self):
        with self.transaction() as first, self.transaction() as second:
            self._brand(first)._dms_claim()
            second.cr.execute("SET LOCAL lock_timeout = '200ms'")
            with self.assertRaises(LockNotAvailable):
                self._brand(second)._dms_claim()
            second.cr.rollback()

    def test_who_has_begun_before_the_first_has_ended_is_to_begin_anew(self):
        with self.transaction() as second:
            second.cr.execute("SELECT 1 FROM dms_brand LIMIT 1")
            with self.transaction() as first:
                self._brand(first)._dms_claim()
            with self.assertRaises(SerializationFailure):
                self._brand(second)._dms_claim()
            second.cr.rollback()
