"""What an OEM's or partner's program does: order, announce cars, read the stock."""

import odoorpc

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import VehicleCommon, new_vin


class KeyClient(odoorpc.ODOO):
    """OdooRPC opens a browser session when it logs in; a program has only a key."""

    def login(self, db, login, password):
        answer = self.json(
            "/jsonrpc",
            {"service": "common", "method": "login", "args": [db, login, password]},
        )
        self._env = odoorpc.env.Environment(self, db, answer["result"], context={})
        self._login, self._password = login, password


@tagged("post_install", "-at_install")
class TestIntegrator(VehicleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.integrator = cls.user("integrator", cls.store_a1)
        cls.key = cls.api_key(cls.integrator)
        cls.good, cls.bad = new_vin(), "LSVAA"

    def _json2(self, model, method, **arguments):
        response = self.url_open(
            f"/json/2/{model}/{method}",
            headers={"Authorization": f"bearer {self.key}"},
            json=arguments,
        )
        return response.status_code, response.json()

    def _xmlrpc(self, model, method, *arguments, **options):
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname,
            self.integrator.id,
            self.key,
            model,
            method,
            arguments,
            options,
        )

    def _order_values(self):
        line = {
            "product_id": self.white.id,
            "product_qty": 1,
            "price_unit": 150_000,
        }
        return {"partner_id": self.oem.id, "order_line": [(0, 0, line)]}

    def test_json2_orders_announces_and_reads(self):
        _status, (order_id,) = self._json2(
            "purchase.order", "create", vals_list=[self._order_values()]
        )
        self._json2("purchase.order", "button_confirm", ids=[order_id])
        order = self.env["purchase.order"].browse(order_id)
        rows = [{"vin": self.good, "product_code": "E5-W"}, {"vin": self.bad}]
        status, answer = self._json2(
            "purchase.order", "dms_push_asn", order_name=order.name, rows=rows
        )
        self.assertEqual(status, 200)
        self.assertEqual((answer["accepted"], len(answer["rejected"])), (1, 1))
        self.assertEqual(answer["rejected"][0]["row"], 2)
        self.assertIn("17", answer["rejected"][0]["reason"])
        _status, cars = self._json2(
            "dms.vehicle",
            "search_read",
            domain=[("state", "=", "in_transit")],
            fields=["vin", "state"],
        )
        self.assertEqual([car["vin"] for car in cars], [self.good])

    def test_a_message_sent_twice_changes_nothing(self):
        order = self.order(self.store_a1)
        for expected in ((1, 0), (0, 1)):
            _status, answer = self._json2(
                "purchase.order",
                "dms_push_asn",
                order_name=order.name,
                rows=[{"vin": self.good}],
            )
            self.assertEqual((answer["accepted"], answer["unchanged"]), expected)

    @mute_logger("odoo.http")
    def test_an_unknown_order_is_a_clear_error(self):
        status, answer = self._json2(
            "purchase.order", "dms_push_asn", order_name="P99999", rows=[]
        )
        self.assertEqual(status, 422)
        self.assertIn("P99999", answer["message"])

    @mute_logger("odoo.http")
    def test_another_stores_order_is_an_unknown_order(self):
        order = self.order(self.store_a2)
        order.name = "P-A2-77"
        self.env.flush_all()
        status, _answer = self._json2(
            "purchase.order",
            "dms_push_asn",
            order_name=order.name,
            rows=[{"vin": self.good}],
        )
        self.assertEqual(status, 422)
        self.assertFalse(
            self.env["dms.vehicle"].search_count([("vin", "=", self.good)])
        )

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc")
    def test_xmlrpc_does_the_same(self):
        order_id = self._xmlrpc("purchase.order", "create", self._order_values())
        self._xmlrpc("purchase.order", "button_confirm", [order_id])
        (order,) = self._xmlrpc("purchase.order", "read", [order_id], fields=["name"])
        answer = self._xmlrpc(
            "purchase.order", "dms_push_asn", order["name"], [{"vin": self.good}]
        )
        self.assertEqual(answer["accepted"], 1)
        self.assertEqual(
            self._xmlrpc("dms.vehicle", "search_count", [("vin", "=", self.good)]), 1
        )

    @mute_logger("odoo.addons.rpc.controllers.jsonrpc")
    def test_a_third_party_client_does_the_same(self):
        with self.allow_requests(all_requests=True):
            self._order_and_announce_with_odoorpc()
        car = self.env["dms.vehicle"].search([("vin", "=", self.good)])
        self.assertRecordValues(
            car, [{"state": "in_transit", "company_id": self.store_a1.id}]
        )

    def _order_and_announce_with_odoorpc(self):
        client = KeyClient("127.0.0.1", port=self.http_port())
        client.login(self.env.cr.dbname, self.integrator.login, self.key)
        orders = client.env["purchase.order"]
        order_id = orders.create(self._order_values())
        orders.button_confirm([order_id])
        name = orders.browse(order_id).name
        answer = orders.dms_push_asn(name, [{"vin": self.good}])
        self.assertEqual(answer["accepted"], 1)
        cars = client.env["dms.vehicle"]
        found = cars.browse(cars.search([("vin", "=", self.good)]))
        self.assertEqual([car.state for car in found], ["in_transit"])
