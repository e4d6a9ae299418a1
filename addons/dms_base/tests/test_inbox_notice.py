from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import delivery
from ..delivery.http_json import HttpJson
from ..delivery.registry import _providers
from ..models.dms_connector import REFUSED_NOTICE
from .connectors import ConnectorCommon

LOGGER = "odoo.addons.dms_base.models.dms_inbox_message"


class KnownContacts(HttpJson):
    """Rows are names of contacts; those that nobody has are refused."""

    spoken = None

    def receive(self, message):
        KnownContacts.spoken = message.env.lang
        known = set(message.env["res.partner"].search([]).mapped("name"))
        return {
            "rejected": [
                {"row": number, "about": name, "reason": "Who is that?"}
                for number, name in enumerate(message._data(), start=1)
                if name not in known
            ]
        }


@tagged("post_install", "-at_install")
class TestRefused(ConnectorCommon):
    """Somebody is told of what came in and was refused: once for a connector."""

    def setUp(self):
        super().setUp()
        delivery.register("test_known", "Known contacts")(KnownContacts)
        self.addCleanup(_providers.pop, "test_known")
        self.side = self.connector(
            "https://side.example", provider="test_known", user_id=self.admin.id
        )
        self.other = self.connector(
            "https://side.example",
            code="other",
            provider="test_known",
            store=self.store_a2,
            user_id=self.user("group_admin", self.store_a2).id,
        )
        self.contact("Zhang")

    def contact(self, name):
        return self.env["res.partner"].create({"name": name})

    def receive(self, *names, connector=None):
        connector = connector or self.side
        key = delivery.unique_key()
        incoming = delivery.Incoming("contact.list", list(names), key)
        inbox = connector.env["dms.inbox.message"]
        message, _known = inbox._take(connector, incoming, None, key.encode())
        return message

    def managed(self, message):
        return message.with_user(self.admin)

    def test_who_is_responsible_gets_a_task(self):
        message = self.receive("Zhang", "Nobody")
        self.assertEqual((message.state, message.refused_count), ("done", 1))
        self.assertEqual(message.refused_rows, "2 · Nobody · Who is that?")
        self.assertEqual(self.side.activity_ids.user_id, self.admin)
        self.assertIn("refused", self.side.activity_ids.summary)

    def test_the_task_is_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.admin.lang = "zh_CN"
        self.env.ref(REFUSED_NOTICE).with_context(lang="zh_CN").summary = "有行被拒收"
        self.receive("Nobody")
        self.assertEqual(self.side.activity_ids.summary, "有行被拒收")

    def test_reasons_are_in_the_language_of_who_is_responsible(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.admin.lang = "zh_CN"
        self.receive("Nobody")
        self.assertEqual(KnownContacts.spoken, "zh_CN")

    def test_without_a_responsible_an_administrator_of_the_group_is_told(self):
        self.side.user_id = False
        self.receive("Nobody")
        user = self.side.activity_ids.user_id
        self.assertTrue(user.has_group("dms_base.group_dms_group_admin"))
        self.assertIn(self.store_a1, user.company_ids)

    def test_many_messages_are_one_task(self):
        for _n in range(3):
            self.receive("Nobody", "No one")
        self.assertEqual(len(self.side.activity_ids), 1)

    def test_a_message_without_refused_rows_is_no_task(self):
        message = self.receive("Zhang")
        self.assertFalse(message.is_unsettled)
        self.assertFalse(self.side.activity_ids)

    def test_the_task_is_over_when_all_were_replayed(self):
        first, second = self.receive("Li"), self.receive("Wang", "Zhang")
        self.contact("Li")
        self.managed(first).action_replay()
        self.assertFalse(first.is_unsettled)
        self.assertTrue(self.side.activity_ids)
        self.contact("Wang")
        self.managed(second).action_replay()
        self.assertFalse(self.side.activity_ids)

    def test_rows_that_are_refused_again_stay_a_task(self):
        message = self.receive("Nobody")
        self.managed(message).action_replay()
        self.assertEqual((message.is_unsettled, message.attempts), (True, 2))
        self.assertEqual(len(self.side.activity_ids), 1)

    def test_the_task_is_over_when_the_last_was_settled(self):
        message = self.receive("Nobody")
        self.managed(message).action_settle()
        self.assertFalse(self.side.activity_ids)
        self.assertEqual(message.refused_count, 1)
        self.managed(message).action_replay()
        self.assertEqual(message.attempts, 1)

    def test_the_audit_knows_who_settled_it(self):
        message = self.receive("Nobody")
        self.managed(message).action_settle()
        self.env.cr.precommit.run()
        entry = self.env["dms.audit.entry"].search(
            [("model", "=", message._name), ("res_id", "=", message.id)]
        )
        self.assertEqual(entry.user_id, self.admin)
        self.assertEqual(entry.changes["decision"][1], "settle")

    def test_each_store_has_its_own(self):
        self.receive("Nobody")
        message = self.receive("Nobody", connector=self.other)
        self.assertEqual(self.other.activity_ids.user_id, self.other.user_id)
        message.with_user(self.other.user_id).action_settle()
        self.assertTrue(self.side.activity_ids)
        self.assertFalse(self.other.activity_ids)

    def test_another_store_settles_nothing(self):
        message = self.receive("Nobody")
        with self.assertRaises(AccessError):
            message.with_user(self.other.user_id).action_settle()
        self.assertTrue(message.is_unsettled)

    def test_who_may_not_change_the_connector_settles_nothing(self):
        message = self.receive("Nobody")
        for user in (self.consultant, self.user("store_manager", self.store_a1)):
            with self.assertRaises(AccessError):
                message.with_user(user).action_settle()
        self.assertTrue(message.is_unsettled)

    @mute_logger(LOGGER)
    def test_a_dead_message_is_a_task_too(self):
        message = self.receive("Zhang")
        message.write({"attempts": 99, "payload": "7"})
        message._handle()
        self.assertEqual((message.state, message.is_unsettled), ("dead", True))
        self.assertTrue(self.side.activity_ids)
        self.managed(message).action_settle()
        self.assertFalse(self.side.activity_ids)

    def test_the_inbox_opens_on_what_is_unsettled(self):
        self.assertFalse(
            self.side.action_view_inbox()["context"].get("search_default_unsettled")
        )
        self.receive("Nobody")
        self.assertTrue(
            self.side.action_view_inbox()["context"]["search_default_unsettled"]
        )
