from odoo.tests import tagged

from dms_simulator import Fault

from ..models.dms_connector import DEAD_NOTICE
from .test_outbox import OutboxCommon


@tagged("post_install", "-at_install")
class TestNotice(OutboxCommon):
    """Somebody is told when messages die: once for a connector."""

    def setUp(self):
        super().setUp()
        self.maker.user_id = self.admin
        self.side.faults.last(Fault(status=422))

    def _die(self, count=1, **options):
        messages = self.env["dms.outbox.message"]
        for number in range(count):
            messages |= self.send(number, **options)
        self.deliver()
        self.assertEqual(set(messages.mapped("state")), {"dead"})
        return messages

    def test_who_is_responsible_gets_a_task(self):
        self._die()
        self.assertEqual(self.maker.activity_ids.user_id, self.admin)
        self.assertIn("died", self.maker.activity_ids.summary)

    def test_the_task_is_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.admin.lang = "zh_CN"
        task = self.env.ref(DEAD_NOTICE).with_context(lang="zh_CN")
        task.summary = "死信"
        self._die()
        self.assertEqual(self.maker.activity_ids.summary, "死信")

    def test_many_messages_are_one_task(self):
        self._die(3)
        self._die(2)
        self.assertEqual(len(self.maker.activity_ids), 1)

    def test_a_delivered_message_is_no_task(self):
        self.side.faults.clear()
        self.send()
        self.deliver()
        self.assertFalse(self.maker.activity_ids)

    def test_without_a_responsible_an_administrator_of_the_group_is_told(self):
        self.maker.user_id = False
        self._die()
        user = self.maker.activity_ids.user_id
        self.assertTrue(user.has_group("dms_base.group_dms_group_admin"))
        self.assertIn(self.store_a1, user.company_ids)

    def test_who_left_or_may_not_look_is_not_told(self):
        self.maker.user_id = self.consultant
        self._die()
        user = self.maker.activity_ids.user_id
        self.assertTrue(user.has_group("dms_base.group_dms_group_admin"))

    def test_a_store_without_administrator_still_delivers(self):
        lonely = self.connector(self.side.url, store=self.store_b1)
        message = lonely._dms_send("x", 1)
        admins = self.env.ref("dms_base.group_dms_group_admin").all_user_ids
        for user in admins.filtered(lambda u: self.store_b1 in u.company_ids):
            user.company_ids -= self.store_b1
        self.deliver()
        self.assertEqual(message.state, "dead")

    def test_the_task_is_over_when_all_were_replayed(self):
        first, second = self._die(2)
        first.with_user(self.admin).action_replay()
        self.assertTrue(self.maker.activity_ids)
        second.with_user(self.admin).action_replay()
        self.assertFalse(self.maker.activity_ids)

    def test_the_task_is_over_when_the_last_was_released(self):
        message = self._die(ordering_key="VIN 1")
        message.with_user(self.admin).action_release()
        self.assertFalse(self.maker.activity_ids)

    def test_the_next_death_is_a_new_task(self):
        self._die().with_user(self.admin).action_replay()
        self._die()
        self.assertEqual(len(self.maker.activity_ids), 1)

    def test_whoever_makes_a_connector_is_responsible_for_it(self):
        connectors = self.env["dms.connector"]
        vals = {"name": "New", "code": "new", "endpoint": "https://new.example"}
        made = connectors.with_user(self.admin).create(vals)
        self.assertEqual(made.user_id, self.admin)
        self.assertFalse(connectors.create(vals | {"code": "new2"}).user_id)
