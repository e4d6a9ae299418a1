from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.sql import drop_view_if_exists

from .crm_lead_choices import CHANNELS
from .dms_lead_touch import NOT_OF_THE_CUSTOMER, STEPS

PLACES = [("online", "Online"), ("store", "In the Store")]
STEP_NAMES = [(code, name) for code, (name, _online) in STEPS.items()]


class DmsAttribution(models.Model):
    """Where customers begin and end on their way to a car: no person, no document.

    Of each lead the first and the last step before the order, and how many of its
    steps were online. A manager sees the own store, a group admin all of the group.
    """

    _name = "dms.attribution"
    _description = "Way of a Customer"
    _inherit = ["dms.store.mixin"]
    _order = "received_at desc, id desc"
    _rec_name = "received_at"
    _auto = False
    _log_access = False
    _dms_group_wide = True

    company_id = fields.Many2one(readonly=True, default=None)
    received_at = fields.Datetime("Received", readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    first_step = fields.Selection(STEP_NAMES, "First Touch", readonly=True)
    first_place = fields.Selection(PLACES, "Began", readonly=True)
    first_source_id = fields.Many2one("utm.source", readonly=True)
    first_campaign_id = fields.Many2one("utm.campaign", readonly=True)
    last_step = fields.Selection(STEP_NAMES, "Last Touch", readonly=True)
    last_place = fields.Selection(PLACES, "Decided", readonly=True)
    last_source_id = fields.Many2one("utm.source", readonly=True)
    last_campaign_id = fields.Many2one("utm.campaign", readonly=True)
    lead_count = fields.Integer("Leads", readonly=True, aggregator="sum")
    step_count = fields.Integer("Steps", readonly=True, aggregator="sum")
    online_count = fields.Integer("Steps Online", readonly=True, aggregator="sum")
    online_share = fields.Float(
        "Online Share (%)",
        readonly=True,
        aggregator="avg",
        help="Of the steps of a customer those that were made online; the average over"
        " leads.",
    )
    began_online = fields.Float(
        "Began Online (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the leads whose first step was online.",
    )
    reserved = fields.Integer("Reserved Online", readonly=True, aggregator="sum")
    won = fields.Integer("Ordered", readonly=True, aggregator="sum")

    def init(self):
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
            CREATE VIEW %(view)s AS
            SELECT lead.id, lead.company_id, lead.dms_received_at AS received_at,
                   lead.dms_channel AS channel,
                   way.steps[1] AS first_step,
                   CASE WHEN way.online[1] THEN 'online' ELSE 'store' END
                        AS first_place,
                   way.sources[1] AS first_source_id,
                   way.campaigns[1] AS first_campaign_id,
                   way.steps[way.step_count] AS last_step,
                   CASE WHEN way.online[way.step_count] THEN 'online' ELSE 'store' END
                        AS last_place,
                   way.sources[way.step_count] AS last_source_id,
                   way.campaigns[way.step_count] AS last_campaign_id,
                   1 AS lead_count, way.step_count, way.online_count,
                   100.0 * way.online_count / way.step_count AS online_share,
                   CASE WHEN way.online[1] THEN 100.0 ELSE 0.0 END AS began_online,
                   way.reserved, (lead.won_status = 'won')::int AS won
              FROM crm_lead lead
              JOIN LATERAL (
                   SELECT array_agg(touch.step ORDER BY touch.at, touch.id) AS steps,
                          array_agg(touch.is_online ORDER BY touch.at, touch.id)
                              AS online,
                          array_agg(touch.source_id ORDER BY touch.at, touch.id)
                              AS sources,
                          array_agg(touch.campaign_id ORDER BY touch.at, touch.id)
                              AS campaigns,
                          count(*)::int AS step_count,
                          (count(*) FILTER (WHERE touch.is_online))::int
                              AS online_count,
                          (count(*) FILTER (WHERE touch.step = 'reserved') > 0)::int
                              AS reserved
                     FROM dms_lead_touch touch
                    WHERE touch.lead_id = lead.id
                      AND touch.step NOT IN %(other)s
                      AND touch.at <= COALESCE((
                          SELECT min(ordered.at) FROM dms_lead_touch ordered
                           WHERE ordered.lead_id = lead.id
                             AND ordered.step = 'ordered'), 'infinity')
                   ) way ON way.step_count > 0
             WHERE lead.company_id IS NOT NULL
            """,
                view=SQL.identifier(self._table),
                other=NOT_OF_THE_CUSTOMER,
            )
        )
