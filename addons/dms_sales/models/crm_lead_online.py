"""Leads of the website's form and of live chats: in which store, by which channel."""

from odoo import fields, models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    def website_form_input_filter(self, request, values):
        """The form's lead is of the website's store and goes to no default seller."""
        values = super().website_form_input_filter(request, values)
        # whoever writes, with a login or without, reads no company
        store = request.website.sudo().company_id
        if store.dms_is_store:
            values |= {
                "dms_channel": "web",
                "type": "opportunity",
                "company_id": values.get("company_id") or store.id,
            }
        return values


class ImLivechatChannel(models.Model):
    _inherit = "im_livechat.channel"

    dms_store_id = fields.Many2one(
        "res.company",
        "Store",
        index="btree_not_null",
        domain=[("dms_is_store", "=", True)],
        help="Chats that become leads are leads of this store; empty: of the agent's.",
    )


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _convert_visitor_to_lead(self, partner, key):
        """The agent's lead, with the transcript, in the store of the chat."""
        # the agent may not read how the chat is set up, nor work in its store
        lead = super()._convert_visitor_to_lead(partner, key).sudo()
        store = self.sudo().livechat_channel_id.dms_store_id or self.env.company
        agent = self.env.user
        lead._dms_answered()  # they are talking
        lead.write(
            {
                "dms_channel": "live_chat",
                "type": "opportunity",
                "company_id": store.id,
                "user_id": agent.id if store in agent.company_ids else False,
            }
        )
        return lead


class ChatbotScriptStep(models.Model):
    _inherit = "chatbot.script.step"

    def _chatbot_crm_prepare_lead_values(self, discuss_channel, description):
        values = super()._chatbot_crm_prepare_lead_values(discuss_channel, description)
        values["dms_channel"] = "live_chat"
        # a visitor may not read how the chat is set up
        store = discuss_channel.sudo().livechat_channel_id.dms_store_id
        if store and self.env.user.partner_id.company_id in (store.browse(), store):
            values |= {"company_id": store.id, "type": "opportunity"}
        return values
