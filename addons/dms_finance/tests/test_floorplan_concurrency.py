"""Two buyers ask for the rest of a limit at the same moment, in real transactions."""

from functools import partial

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_vehicle.tests.race import RaceCase

from .common import prepare_accounts

LIMIT = 200_000


@tagged("post_install", "-at_install")
class TestFloorplanConcurrency(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            self.line_id, self.order_ids = self._make(env, store)

    def _make(self, env, store):
        """:return: the ids of a committed line and of two orders that ask for it"""
        env = env(context={"allowed_company_ids": store.ids})
        journal = env["account.journal"].create(
            {"name": "Race", "code": "RACE", "type": "general"}
        )
        line = env["dms.floorplan.line"].create(
            {
                "name": "Race",
                "lender_id": store.partner_id.id,
                "limit_amount": LIMIT,
                "journal_id": journal.id,
                **prepare_accounts(env, store),
            }
        )
        car = env["product.product"].create(
            {"name": "Race", "dms_is_vehicle": True, "supplier_taxes_id": False}
        )
        item = {"product_id": car.id, "product_qty": 1, "price_unit": LIMIT * 0.6}
        order = {
            "partner_id": store.partner_id.id,
            "dms_floorplan_line_id": line.id,
            "order_line": [Command.create(item)],
        }
        return line.id, env["purchase.order"].create([order] * 2).ids

    def _forget(self):
        with self.transaction() as env:
            orders = env["purchase.order"].browse(self.order_ids)
            orders.button_cancel()
            orders.unlink()
            env["dms.floorplan.line"].browse(self.line_id).unlink()
        return super()._forget()

    def _confirm(self, order, env):
        order = env["purchase.order"].browse(order)
        order.with_company(order.company_id).button_confirm()

    @mute_logger("odoo.sql_db")
    def test_the_second_of_two_orders_is_refused(self):
        first, second = self.order_ids
        error = self._race(
            partial(self._confirm, first), partial(self._confirm, second)
        )
        self.assertIsInstance(error, UserError)
        with self.transaction() as env:
            orders = env["purchase.order"].browse([first, second])
            self.assertEqual(orders.mapped("state"), ["purchase", "draft"])
