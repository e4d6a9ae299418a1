from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_lead_choices import CHANNELS, INTENTS, PAYMENTS


class CrmLead(models.Model):
    """A person who may buy a car: what is wanted, from where, in which store."""

    _inherit = "crm.lead"

    dms_model_ids = fields.Many2many(
        "product.template",
        "dms_lead_model_rel",
        "lead_id",
        "model_id",
        "Wanted Models",
        domain=[("dms_is_vehicle", "=", True)],
    )
    dms_series_ids = fields.Many2many(
        "product.category", "dms_lead_series_rel", "lead_id", "series_id", "Series"
    )
    dms_budget_from = fields.Monetary("Budget From", currency_field="company_currency")
    dms_budget_to = fields.Monetary("Budget", currency_field="company_currency")
    dms_payment = fields.Selection(PAYMENTS, "Way of Payment")
    dms_has_trade_in = fields.Boolean("Gives a Car in Trade")
    dms_trade_in = fields.Char("Car Given in Trade")
    dms_intent = fields.Selection(
        INTENTS,
        "Buys Within",
        index="btree_not_null",
        tracking=True,
        help="The intent level: how soon the customer means to buy.",
    )
    dms_channel = fields.Selection(
        CHANNELS, "Channel", required=True, default="phone", index=True
    )
    dms_deal_ids = fields.One2many("dms.deal", "lead_id", "Deals")

    # The list opens on these, newest first.
    _dms_store_idx = models.Index("(company_id, dms_received_at DESC) WHERE active")
    _dms_budget_order = models.Constraint(
        "CHECK (COALESCE(dms_budget_to, 0) = 0"
        " OR COALESCE(dms_budget_from, 0) <= dms_budget_to)",
        "The budget ends below where it begins.",
    )

    @api.depends("user_id", "team_id", "partner_id")
    def _compute_company_id(self):
        """A lead that nobody works on waits in its store, not in all of them."""
        before = {lead: lead.company_id for lead in self}
        res = super()._compute_company_id()
        store = self.env.company.filtered("dms_is_store")
        for lead in self:
            lead.company_id = lead.company_id or before[lead] or store
        return res

    @api.constrains("company_id")
    def _check_dms_store(self):
        if self.env.company.dms_is_store and self.filtered(lambda x: not x.company_id):
            raise ValidationError(self.env._("A lead belongs to a store: choose one."))

    def _phone_get_country(self):
        """Numbers are of the store's country unless the customer has another."""
        countries = super()._phone_get_country()
        for lead in self:
            store = lead.company_id.sudo()  # a number says nothing of the store
            countries[lead.id] = countries.get(lead.id) or store.country_id
        return countries

    def _dms_is_open(self):
        """:return: whether somebody may still buy here"""
        self.ensure_one()
        return self.active and self.won_status == "pending"

    def _merge_get_fields(self):
        """What Odoo keeps when leads of one customer are merged."""
        return super()._merge_get_fields() + [
            "dms_budget_from",
            "dms_budget_to",
            "dms_payment",
            "dms_trade_in",
            "dms_has_trade_in",
            "dms_intent",
            "dms_channel",
        ]

    def _merge_dependences(self, opportunities):
        """Wishes and deals of the merged leads go on with the one that stays."""
        self.dms_model_ids |= opportunities.dms_model_ids
        self.dms_series_ids |= opportunities.dms_series_ids
        opportunities.dms_deal_ids.lead_id = self
        return super()._merge_dependences(opportunities)
