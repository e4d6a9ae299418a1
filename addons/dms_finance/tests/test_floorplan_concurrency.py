"""Two buyers ask for the rest of a limit at the same moment, in real transactions."""

from contextlib import nullcontext
from functools import partial

from odoo import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_vehicle.tests import test_concurrency

from .common import prepare_accounts

LIMIT = 200_000
RACE = test_concurrency.TestConcurrency


@tagged("post_install", "-at_install")
class TestFloorplanConcurrency(BaseCase):
    transaction = RACE.transaction
    _race = RACE._race
    _attempt = RACE._attempt
    _wait_until_blocked = RACE._wait_until_blocked

    def setUp(self):
        super().setUp()
        # `odoo --test-enable` holds this lock while it runs tests
        self.patch(Registry, "_lock", nullcontext())
        self.registry = Registry(get_db_name())
        with self.transaction() as env:
            self.made = self._make(env)
        self.addCleanup(self._forget)

    def _make(self, env):
        """:return: model names and ids of what is committed, in order of removal"""
        store = env["res.company"].create({"name": "Race of lenders"})
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
        orders = env["purchase.order"].create([order] * 2)
        return {"orders": orders.ids, "line": line.id, "store": store.id}

    def _forget(self):
        with self.transaction() as env:
            orders = env["purchase.order"].browse(self.made["orders"])
            orders.button_cancel()
            orders.unlink()
            env["dms.floorplan.line"].browse(self.made["line"]).unlink()
            store = env["res.company"].browse(self.made["store"])
            store.write({"name": f"Forgotten {store.id}", "active": False})

    def _confirm(self, order, env):
        order = env["purchase.order"].browse(order)
        order.with_company(order.company_id).button_confirm()

    @mute_logger("odoo.sql_db")
    def test_the_second_of_two_orders_is_refused(self):
        first, second = self.made["orders"]
        error = self._race(
            partial(self._confirm, first), partial(self._confirm, second)
        )
        self.assertIsInstance(error, UserError)
        with self.transaction() as env:
            orders = env["purchase.order"].browse([first, second])
            self.assertEqual(orders.mapped("state"), ["purchase", "draft"])
