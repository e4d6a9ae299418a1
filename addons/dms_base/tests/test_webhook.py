import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from dms_simulator.checks import Hmac

from ..models.dms_connector import NETWORKS
from .connectors import ConnectorCommon


@tagged("post_install", "-at_install")
class TestWebhook(ConnectorCommon):
    """Programs are told what happens in their store."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.integrator = cls.user("integrator", cls.store_a1)

    def subscribe(self, url="https://a.example", events="*", user=None):
        webhooks = self.env["dms.webhook"].with_user(user or self.integrator)
        given = webhooks.dms_subscribe("Planning", url, events)
        return webhooks.browse(given["id"]), given["secret"]

    def publish(self, kind="vehicle.received", subject="VIN 1", data=1, store=None):
        webhooks = self.env["dms.webhook"].with_user(self.consultant)
        return webhooks._publish(kind, subject, data, store or self.store_a1)

    def test_an_event_becomes_a_message_for_each_subscription(self):
        self.subscribe()
        self.subscribe("https://b.example")
        self.assertEqual(len(self.publish()), 2)

    def test_without_subscription_there_is_none(self):
        self.assertFalse(self.publish())

    def test_only_events_that_were_asked_for(self):
        self.subscribe(events="vehicle.*, order.confirmed")
        self.assertTrue(self.publish("vehicle.sold"))
        self.assertTrue(self.publish("order.confirmed"))
        self.assertFalse(self.publish("order.cancelled"))

    def test_only_events_of_the_store(self):
        self.subscribe()
        self.assertFalse(self.publish(store=self.store_a2))

    def test_what_subscribers_get(self):
        side = self.oem()
        self.subscribe(side.url)
        self.publish(data={"odometer": 12})
        self.deliver()
        event = json.loads(side.ledger.received[0].body)
        self.assertEqual(
            {name: event[name] for name in ("kind", "subject", "store", "data")},
            {
                "kind": "vehicle.received",
                "subject": "VIN 1",
                "store": "A1",
                "data": {"odometer": 12},
            },
        )
        self.assertRegex(event["occurred_at"], r"^\d{4}-\d\d-\d\dT.*\+00:00$")
        key = side.ledger.received[0].header("Idempotency-Key")
        self.assertEqual(key, event["id"])

    def test_it_is_signed_with_the_secret_they_were_given(self):
        url = self.oem().url
        webhook, secret = self.subscribe(url)
        side = self.oem(checks=[Hmac(secret)])
        webhook.url = side.url
        message = self.publish()
        self.deliver()
        self.assertEqual(message.state, "delivered")

    def test_events_of_a_subject_come_in_their_order(self):
        side = self.oem()
        self.subscribe(side.url)
        for number in range(10):
            self.publish(data=number)
        self.deliver()
        data = [json.loads(received.body)["data"] for received in side.ledger.received]
        self.assertEqual(data, list(range(10)))

    def test_what_is_undone_is_not_told(self):
        self.subscribe()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.publish()
            raise ZeroDivisionError
        self.assertFalse(self.env["dms.outbox.message"].search([]))

    def test_the_secret_is_replaced_at_once(self):
        webhook, secret = self.subscribe()
        new = webhook.dms_renew_secret()["secret"]
        self.assertNotEqual(new, secret)
        connector = webhook.sudo().connector_id
        self.assertEqual(connector._dms_credentials().secret, new)

    def test_the_secret_cannot_be_read(self):
        webhook, secret = self.subscribe()
        self.assertNotIn(secret, str(webhook.read()))
        with self.assertRaises(AccessError):
            webhook.connector_id.read(["secret"])

    def test_it_cannot_be_turned_on_another_connector(self):
        maker = self.connector()
        webhook, _secret = self.subscribe()
        with self.assertRaises(AccessError):
            webhook.connector_id = maker
        given = {"name": "A", "url": "https://a.example", "connector_id": maker.id}
        webhooks = self.env["dms.webhook"].with_user(self.integrator)
        self.assertNotEqual(webhooks.create(given).sudo().connector_id, maker)
        self.assertEqual(maker.endpoint, "https://oem.example/in")

    def test_an_archived_subscription_is_told_nothing(self):
        webhook, _secret = self.subscribe()
        webhook.active = False
        self.assertFalse(self.publish())

    def test_a_subscription_that_was_deleted_is_told_nothing(self):
        side = self.oem()
        webhook, _secret = self.subscribe(side.url)
        self.publish()
        webhook.unlink()
        self.assertFalse(self.publish())
        self.deliver()
        self.assertFalse(side.ledger.received)

    def test_the_address_must_be_public_and_https(self):
        self.env["ir.config_parameter"].set_param(NETWORKS, "")
        for url in ("http://a.example", "https://10.0.0.1", "https://[::1]"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.subscribe(url)

    def test_the_kinds_must_be_readable(self):
        for events in ("vehicle*", "Vehicle.*", " , "):
            with self.subTest(events=events), self.assertRaises(ValidationError):
                self.subscribe(events=events)

    def test_only_integrators_and_group_admins_subscribe(self):
        self.subscribe(user=self.admin)
        for role in ("store_manager", "sales_consultant", "auditor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.subscribe(user=self.user(role, self.store_a1))

    def test_events_nobody_listens_to_cost_no_query(self):
        self.publish()
        with self.assertQueryCount(0):
            self.publish()


@tagged("post_install", "-at_install")
class TestWebhookOverApi(ConnectorCommon, HttpCase):
    """An integrator subscribes with nothing but his API key."""

    def test_over_json2(self):
        integrator = self.user("integrator", self.store_a1)
        key = self.api_key(integrator)
        response = self.url_open(
            "/json/2/dms.webhook/dms_subscribe",
            headers={"Authorization": f"bearer {key}"},
            json={"name": "A", "url": "https://a.example", "events": "vehicle.*"},
        )
        self.assertEqual(response.status_code, 200)
        given = response.json()
        webhook = self.env["dms.webhook"].browse(given["id"])
        self.assertEqual(webhook.company_id, self.store_a1)
        secret = webhook.connector_id._dms_credentials().secret
        self.assertEqual(given["secret"], secret)
