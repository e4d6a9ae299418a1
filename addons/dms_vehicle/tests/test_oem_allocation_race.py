"""Two consultants book at the same moment, in two real transactions."""

from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .pipeline_common import new_reference
from .race import RaceCase


@tagged("post_install", "-at_install")
class TestOemAllocationRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            env = env(context={"allowed_company_ids": store.ids})
            model = env["product.product"].create(
                {"name": "Race", "dms_is_vehicle": True, "taxes_id": False}
            )
            partner = env["res.partner"].create({"name": "Racer"})
            vals = {"partner_id": partner.id}
            line = {"order_line": [(0, 0, {"product_id": model.id})]}
            orders = env["sale.order"].create([vals | line, vals | line])
            self.line_ids = orders.order_line.ids
            promises = env["dms.allocation"].create(
                [
                    {
                        "reference": f"RACE {new_reference()}",
                        "product_id": model.id,
                        "period": "2026-12-01",
                        "valid_until": "2099-12-31",
                    }
                    for _n in range(2)
                ]
            )
            self.promise_ids = promises.ids

    def _forget_cars(self, env):
        promises = env["dms.allocation"].browse(self.promise_ids)
        promises._dms_release()
        promises.unlink()
        orders = env["sale.order.line"].browse(self.line_ids).order_id
        orders._action_cancel()
        orders.unlink()
        return super()._forget_cars(env)

    def book(self, promise, line, env):
        lines = env["sale.order.line"].browse(self.line_ids)
        promises = env["dms.allocation"].browse(self.promise_ids)
        promises[promise]._dms_book(lines[line])

    def booked(self):
        with self.transaction() as env:
            promises = env["dms.allocation"].browse(self.promise_ids)
            return [promise.sale_line_id.id for promise in promises]

    @mute_logger("odoo.sql_db")
    def test_one_allocation_is_booked_by_the_first(self):
        error = self._race(partial(self.book, 0, 0), partial(self.book, 0, 1))
        self.assertIsInstance(error, UserError)
        self.assertIn("is booked for order", str(error))
        self.assertEqual(self.booked(), [self.line_ids[0], False])

    @mute_logger("odoo.sql_db")
    def test_one_line_books_one_allocation(self):
        error = self._race(partial(self.book, 0, 0), partial(self.book, 1, 0))
        self.assertIn("booked another allocation already", str(error))
        self.assertEqual(self.booked(), [self.line_ids[0], False])

    @mute_logger("odoo.sql_db")
    def test_two_bookings_that_do_not_meet_both_go_through(self):
        with self.transaction() as env:
            self.book(0, 0, env)
        with self.transaction() as env:
            self.book(1, 1, env)
        self.assertEqual(self.booked(), self.line_ids)
