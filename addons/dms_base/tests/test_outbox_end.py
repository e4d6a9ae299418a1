from odoo.tests import tagged
from odoo.tools import mute_logger

from ..delivery import Provider, Request
from ..delivery.registry import _providers, register
from .connectors import ConnectorCommon


@tagged("post_install", "-at_install")
class TestGivenUp(ConnectorCommon):
    """Who waits for a message hears that it died."""

    def setUp(self):
        super().setUp()
        self.told = told = []

        class Teller(Provider):
            __module__ = "odoo.addons.dms_base.provider"

            def request(self, message, endpoint):
                return Request("POST", endpoint, {"Idempotency-Key": message.key})

            def given_up(self, message):
                told.append(message)
                message.connector_id.name = "Told"
                if message.kind == "test.fails":
                    raise ValueError("nobody listens")

        self.addCleanup(_providers.pop, "teller")
        register("teller", "Teller")(Teller)

    def dead(self, kind="test.kind"):
        connector = self.connector("http://127.0.0.1:9", max_attempts=1)
        self.env.cr.execute(
            "UPDATE dms_connector SET provider = 'teller' WHERE id = %s", [connector.id]
        )
        self.env.invalidate_all()
        message = connector._dms_send(kind, {})
        self.deliver()
        self.assertEqual(message.state, "dead")
        return message

    def test_a_dead_message_is_told_once(self):
        message = self.dead()
        self.assertEqual(self.told, [message])
        self.assertEqual(message.connector_id.name, "Told")

    @mute_logger("odoo.addons.dms_base.models.dms_outbox_message")
    def test_what_fails_there_is_undone_and_it_stays_dead(self):
        message = self.dead("test.fails")
        self.assertEqual(message.connector_id.name, "Maker")
        self.assertEqual(message.last_error, "nobody listens")
