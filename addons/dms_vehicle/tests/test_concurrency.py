"""What two stores do at the same moment, in two real transactions."""

from functools import partial

from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..vin import with_check_digit
from .common import VehicleCommon
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900001")


@tagged("post_install", "-at_install")
class TestConcurrency(RaceCase):
    def _forget(self):
        with self.transaction() as env:
            mine = [("company_id", "in", self.store_ids)]
            orders = env["sale.order"].search(mine)
            orders._action_cancel()
            orders.unlink()
            self._forget_cars(env)
            env["stock.lot"].search([("name", "=", VIN)]).name = f"Forgotten {id(self)}"
        return super()._forget()

    @mute_logger("odoo.sql_db")
    def test_one_vin_in_two_stores_is_refused_with_the_holder(self):
        east, west = self.store_ids

        def create(store, env):
            env["dms.vehicle"].create({"vin": VIN, "company_id": store})

        error = self._race(partial(create, east), partial(create, west))
        self.assertIsInstance(error, ValidationError)
        self.assertIn("Race East", str(error))
        with self.transaction() as env:
            self.assertEqual(env["dms.vehicle"].search_count([("vin", "=", VIN)]), 1)

    @mute_logger("odoo.sql_db")
    def test_one_car_on_two_orders_is_refused_with_the_order(self):
        with self.transaction() as env:
            orders = self._two_orders(env)
            first, second = orders.ids
            name = orders[0].name

        def confirm(order, env):
            env["sale.order"].browse(order).action_confirm()

        error = self._race(partial(confirm, first), partial(confirm, second))
        self.assertIsInstance(error, UserError)
        self.assertIn(name, str(error))
        with self.transaction() as env:
            states = env["sale.order"].browse([first, second]).mapped("state")
            self.assertEqual(states, ["sale", "draft"])

    def _two_orders(self, env):
        store = env["res.company"].browse(self.store_ids[0])
        env = env(context={"allowed_company_ids": store.ids})
        model = env["product.product"].create(
            {"name": "Race", "dms_is_vehicle": True, "list_price": 1, "taxes_id": False}
        )
        car = env["dms.vehicle"].create(
            {"vin": VIN, "product_id": model.id, "company_id": store.id}
        )
        line = {"product_id": model.id, "dms_vehicle_id": car.id}
        partner = env["res.partner"].create({"name": "Racer"})
        orders = [{"partner_id": partner.id, "order_line": [(0, 0, line)]}] * 2
        return env["sale.order"].create(orders)

    def _two_receipts(self, env):
        """The same VIN on a receipt of either store."""
        model = env["product.product"].create(
            {"name": "Race", "dms_is_vehicle": True, "supplier_taxes_id": False}
        )
        oem = env["res.partner"].create({"name": "OEM"})
        receipts = []
        for store in self.store_ids:
            line = {"product_id": model.id, "product_qty": 1, "price_unit": 1}
            orders = env["purchase.order"].with_context(allowed_company_ids=[store])
            order = orders.create(
                {
                    "partner_id": oem.id,
                    "company_id": store,
                    "order_line": [(0, 0, line)],
                }
            )
            order.button_confirm()
            order.picking_ids.move_line_ids.lot_name = VIN
            receipts.append(order.picking_ids.id)
        return receipts

    def _receive(self, receipt, env):
        receipt = env["stock.picking"].browse(receipt)
        receipt.with_company(receipt.company_id).button_validate()

    @mute_logger("odoo.sql_db")
    def _race_of_receipts(self):
        with self.transaction() as env:
            first, second = self._two_receipts(env)
        error = self._race(
            partial(self._receive, first), partial(self._receive, second)
        )
        self.assertIsInstance(error, UserError)
        self.assertIn("Race East holds it (In Stock)", str(error))
        with self.transaction() as env:
            car = env["dms.vehicle"].search([("vin", "=", VIN)])
            self.assertEqual(car.company_id.id, self.store_ids[0])
            self.assertEqual(sum(car.lot_id.quant_ids.mapped("quantity")), 0)

    def test_a_car_nobody_announced_is_received_by_one_store_only(self):
        self._race_of_receipts()

    def test_a_known_car_is_received_by_one_store_only(self):
        with self.transaction() as env:
            env["dms.vehicle"].create({"vin": VIN, "company_id": self.store_ids[1]})
        self._race_of_receipts()


@tagged("post_install", "-at_install")
class TestDuplicateOverRpc(VehicleCommon, HttpCase):
    """When only the unique index sees the duplicate, its sender reads the holder."""

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_the_message_names_the_holder(self):
        car = self.receive(self.store_a2)
        unseen = self.env.registry["dms.vehicle"]
        self.patch(unseen, "_check_not_held", lambda vehicles, vins: None)
        user = self.user("sales_consultant", self.store_a1)
        user.password = user.login
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            "/web/dataset/call_kw/dms.vehicle/create",
            json={
                "params": {
                    "model": "dms.vehicle",
                    "method": "create",
                    "args": [{"vin": car.vin}],
                    "kwargs": {},
                }
            },
        ).json()
        self.assertIn(self.store_a2.name, answer["error"]["data"]["message"])
