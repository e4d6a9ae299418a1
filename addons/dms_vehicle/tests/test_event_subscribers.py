"""Programs that subscribe are told what happens to the cars of their store."""

import json

from odoo.tests import tagged

from .common import VehicleCommon


@tagged("post_install", "-at_install")
class TestEventSubscribers(VehicleCommon):
    def subscribe(self, events, store=None):
        env = self.in_store(store or self.store_a1, "integrator")
        given = env["dms.webhook"].dms_subscribe(
            "Planning", "https://a.example", events
        )
        return self.env["dms.webhook"].browse(given["id"]).sudo().connector_id

    def messages(self, connector):
        messages = self.env["dms.outbox.message"].search(
            [("connector_id", "=", connector.id)], order="id"
        )
        return [json.loads(message.payload) for message in messages]

    def test_a_subscriber_is_told_in_order(self):
        connector = self.subscribe("vehicle.*")
        car = self.receive(self.store_a1)
        told = self.messages(connector)
        self.assertEqual(
            [event["kind"] for event in told],
            ["vehicle.ordered", "vehicle.shipped", "vehicle.received"],
        )
        self.assertEqual({event["subject"] for event in told}, {car.vin})

    def test_he_is_told_what_the_log_holds(self):
        connector = self.subscribe("vehicle.received")
        car = self.receive(self.store_a1)
        (event,) = self.messages(connector)
        recorded = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", car.id)], limit=1
        )
        self.assertEqual(event["data"], json.loads(recorded.body))

    def test_he_is_told_of_his_store_only(self):
        connector = self.subscribe("*", self.store_a2)
        self.receive(self.store_a1)
        self.assertFalse(self.messages(connector))
