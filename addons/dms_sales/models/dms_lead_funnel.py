from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.sql import drop_view_if_exists

from .crm_lead_choices import CHANNELS


class DmsLeadFunnel(models.Model):
    """How leads become deals, by store, channel and month: no person, no document.

    A manager sees the own store, a group admin all stores of the group. What has been
    reached is read from documents: a first answer, a visit, a deal, an order.
    """

    _name = "dms.lead.funnel"
    _description = "Lead Funnel"
    _inherit = ["dms.store.mixin"]
    _order = "received_at desc, id desc"
    _rec_name = "received_at"
    _auto = False
    _log_access = False
    _dms_group_wide = True

    company_id = fields.Many2one(readonly=True, default=None)
    channel = fields.Selection(CHANNELS, readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    received_at = fields.Datetime("Received", readonly=True)
    lead_count = fields.Integer("Leads", readonly=True, aggregator="sum")
    answered = fields.Integer(readonly=True, aggregator="sum")
    in_time = fields.Float(
        "Answered in Time (%)",
        readonly=True,
        aggregator="avg",
        help="Of the leads that were answered or are due: those answered in the minutes"
        " of opening hours that the store has set.",
    )
    answer_minutes = fields.Float(
        "Time to Answer (min)", readonly=True, aggregator="avg"
    )
    visited = fields.Integer("Came to the Store", readonly=True, aggregator="sum")
    offered = fields.Integer("Got an Offer", readonly=True, aggregator="sum")
    won = fields.Integer("Ordered", readonly=True, aggregator="sum")
    lost = fields.Integer(readonly=True, aggregator="sum")
    win_rate = fields.Float("Win Rate (%)", readonly=True, aggregator="avg")

    def init(self):
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
            CREATE VIEW %s AS
            SELECT lead.id, lead.company_id, lead.dms_channel AS channel,
                   lead.source_id, lead.campaign_id,
                   lead.dms_received_at AS received_at, 1 AS lead_count,
                   (lead.dms_answered_at IS NOT NULL)::int AS answered,
                   CASE WHEN lead.dms_answered_at <= lead.dms_due_at THEN 100.0
                        WHEN lead.dms_answered_at IS NOT NULL
                          OR lead.dms_due_at < now() AT TIME ZONE 'UTC' THEN 0.0
                   END AS in_time,
                   CASE WHEN lead.dms_answered_at IS NOT NULL
                        THEN lead.dms_answer_minutes::float END AS answer_minutes,
                   (lead.dms_channel = 'walk_in' OR EXISTS (
                        SELECT FROM dms_showroom_visit visit
                         WHERE visit.lead_id = lead.id))::int AS visited,
                   EXISTS (SELECT FROM dms_deal deal
                            WHERE deal.lead_id = lead.id)::int AS offered,
                   (lead.won_status = 'won')::int AS won,
                   (lead.won_status = 'lost')::int AS lost,
                   CASE WHEN lead.won_status = 'won' THEN 100.0
                        WHEN lead.won_status = 'lost' THEN 0.0 END AS win_rate
              FROM crm_lead lead
             WHERE lead.company_id IS NOT NULL
            """,
                SQL.identifier(self._table),
            )
        )
