"""Two stores want one car in the same moment."""

from functools import partial

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..vin import with_check_digit
from .race import RaceCase

VIN = with_check_digit("LZZAB3C20TZ900088")


@tagged("post_install", "-at_install")
class TestTransferRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            group = env["dms.group"].browse(self.group_id)
            giver = env["res.company"].create(self._prepare_store("Race North", group))
            self.asking_ids = list(self.store_ids)
            self.giver_id = giver.id
            self.store_ids = [*self.asking_ids, giver.id]
            self.request_ids = self._ask(env)

    def _ask(self, env):
        product = env["product.template"].create(
            {"name": "Race", "dms_is_vehicle": True, "dms_kind": "bev"}
        )
        self.product_id = product.id
        car = env["dms.vehicle"].create(
            {
                "vin": VIN,
                "company_id": self.giver_id,
                "product_id": product.product_variant_id.id,
            }
        )
        self.car_id = car.id
        # it stands there; how it came is of no matter here
        env.flush_all()
        env.cr.execute(
            "UPDATE dms_vehicle SET state = 'in_stock' WHERE id = %s", [car.id]
        )
        requests = env["dms.transfer.request"].create(
            [
                {
                    "company_id": store,
                    "giving_company_id": self.giver_id,
                    "decision": "requested",
                    "line_ids": [Command.create({"vehicle_id": car.id, "vin": VIN})],
                }
                for store in self.asking_ids
            ]
        )
        return requests.ids

    def _forget_cars(self, env):
        env["dms.transfer.line"].search(
            [("request_id", "in", self.request_ids)]
        ).holds = False
        env.cr.execute(
            "DELETE FROM dms_transfer_request WHERE id IN %s", [tuple(self.request_ids)]
        )
        env.cr.execute(
            "DELETE FROM dms_transport_order WHERE from_company_id = %s",
            [self.giver_id],
        )
        res = super()._forget_cars(env)
        env["product.template"].browse(self.product_id).active = False
        return res

    def approve(self, request_id, env):
        request = env["dms.transfer.request"].browse(request_id)
        request.approve(prices={request.line_ids: 1000}, reason="race")

    @mute_logger("odoo.sql_db")
    def test_one_approval_wins(self):
        first, second = self.request_ids
        error = self._race(partial(self.approve, first), partial(self.approve, second))
        self.assertIsInstance(error, UserError)
        self.assertIn("promised to Race East already", str(error))
        with self.transaction() as env:
            requests = env["dms.transfer.request"].browse(self.request_ids)
            self.assertEqual(requests.mapped("state"), ["approved", "requested"])

    @mute_logger("odoo.sql_db")
    def test_approved_by_two_at_once_it_is_approved_once(self):
        first, _second = self.request_ids
        error = self._race(partial(self.approve, first), partial(self.approve, first))
        self.assertIn("is Approved", str(error))

    def put_on_truck(self, store_id, env):
        stores = env["res.company"].browse([self.giver_id, store_id])
        giver, asker = stores.partner_id
        env["dms.transport.order"].create(
            {
                "company_id": store_id,
                "from_store_id": giver.id,
                "to_store_id": asker.id,
                "car_ids": [Command.create({"vehicle_id": self.car_id})],
            }
        )

    @mute_logger("odoo.sql_db")
    def test_a_car_gets_on_one_truck_though_two_load_it_at_once(self):
        first, second = self.asking_ids
        error = self._race(
            partial(self.put_on_truck, first), partial(self.put_on_truck, second)
        )
        self.assertIsInstance(error, ValidationError)
        self.assertIn(f"VIN {VIN} is on transport", str(error))
