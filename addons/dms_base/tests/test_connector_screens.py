from odoo.tests import tagged

from .connectors import ConnectorCommon
from .screens import ScreenCase


@tagged("post_install", "-at_install")
class TestConnectorScreens(ConnectorCommon, ScreenCase):
    """A group admin sees in the web client what waits and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.look_as(cls.admin)

    def test_the_list_of_the_outbox_says_why_a_message_waits(self):
        connector = self.connector(state="paused")
        connector._dms_send("vehicle.sold", {"vin": "LSV1"})
        self.assertShows("dealer-outbox", "td[name=waits_for]", "not active")

    def test_the_form_of_a_message_shows_its_content(self):
        message = self.connector(state="paused")._dms_send("x", {"vin": "LSV1"})
        path = f"dealer-outbox/{message.id}"
        self.assertShows(path, "[name=payload]", "LSV1")

    def test_the_form_of_a_message_shows_what_each_attempt_came_to(self):
        with self.connectors_to_nowhere() as connector:
            message = connector._dms_send("x", {"vin": "LSV1"})
            self.deliver()
        path = f"dealer-outbox/{message.id}"
        self.assertShows(path, "[name=history_table] td", "had no effect")

    def test_the_form_of_a_connector_masks_its_secret(self):
        connector = self.connector(auth_kind="bearer", token="t-1")
        path = f"dealer-connectors/{connector.id}"
        self.assertShows(path, "[name=token] input", "********")

    def test_the_inbox_and_the_subscriptions_open(self):
        empty = ".o_view_nocontent"
        self.assertShows("dealer-inbox", empty, "Nothing received yet")
        self.assertShows("dealer-webhooks", empty, "Nobody listens yet")
