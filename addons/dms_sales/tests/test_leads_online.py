from odoo.tests import tagged

from .leads_common import LeadsCommon


@tagged("post_install", "-at_install")
class TestLiveChat(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.env["im_livechat.channel"].create(
            {"name": "Chat of A1", "dms_store_id": cls.store_a1.id}
        )
        cls.chat = cls.env["discuss.channel"].create(
            {
                "name": "Visitor",
                "channel_type": "livechat",
                "livechat_channel_id": cls.line.id,
                "livechat_operator_id": cls.consultant.partner_id.id,
                "channel_member_ids": [
                    (0, 0, {"partner_id": cls.consultant.partner_id.id})
                ],
            }
        )
        cls.chat.message_post(
            body="How much is the E5?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def test_a_chat_becomes_a_lead_of_its_store_with_what_was_said(self):
        chat = self.by(self.consultant, self.chat)
        chat.execute_command_lead(body="/lead wants the E5")
        [lead] = self.env["crm.lead"].search([("origin_channel_id", "=", self.chat.id)])
        self.assertEqual(lead.company_id, self.store_a1)
        self.assertEqual(lead.dms_channel, "live_chat")
        self.assertEqual(lead.user_id, self.consultant)
        self.assertIn("How much is the E5?", lead.description)
        self.assertEqual(lead.dms_clock, "answered")

    def test_a_chatbot_leaves_its_lead_in_the_store_of_the_chat(self):
        script = self.env["chatbot.script"].create({"title": "Bot"})
        step = self.env["chatbot.script.step"].create(
            {"chatbot_script_id": script.id, "step_type": "create_lead"}
        )
        self.env.user.partner_id.company_id = False  # a visitor is of no store
        lead = step._process_step_create_lead(self.chat)
        self.assertEqual(lead.company_id, self.store_a1)
        self.assertEqual(lead.dms_channel, "live_chat")
