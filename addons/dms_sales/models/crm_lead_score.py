from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, html2plaintext

from odoo.addons.dms_base.learners import Examples, Table

from ..intent import COLUMNS, band, start
from ..intent_text import features, read, spoken

CODE = "intent"
# A lead is judged by what was there so many days after it came, before its outcome:
# else it would be learnt that who buys writes a lot.
WINDOW = timedelta(days=14)
BATCH_SIZE = 500
MOST_BRANDS = 1000  # more than any market has


class CrmLead(models.Model):
    """How likely a lead buys, with the reasons; computed in batches and kept."""

    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_score = fields.Float(
        "Score",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="How likely the lead ends in a purchase, in percent.",
    )
    dms_score_band = fields.Selection(
        [
            ("h", "H: very likely"),
            ("a", "A: likely"),
            ("b", "B: possible"),
            ("c", "C: unlikely"),
        ],
        "Score Band",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    dms_score_reasons = fields.Json("Facts Behind the Score", readonly=True, copy=False)
    dms_score_version_id = fields.Many2one(
        "dms.learner.version",
        "Scored By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    dms_score_at = fields.Datetime("Scored On", readonly=True, copy=False)
    dms_score_odoo = fields.Float(
        "Odoo's Probability Then",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="What Odoo's own score said when this one was first given: both are judged"
        " by the same leads later.",
    )
    dms_score_why = fields.Html("Why This Score", compute="_compute_dms_score_why")

    _dms_unscored_idx = models.Index(
        "(company_id, id) WHERE active AND dms_score_at IS NULL"
    )

    # ------------------------------------------------------------
    # Reasons in words
    # ------------------------------------------------------------

    @api.depends("dms_score_reasons", "dms_score_version_id")
    def _compute_dms_score_why(self):
        for lead in self:
            lead.dms_score_why = self.env["ir.qweb"]._render(
                "dms_sales.dms_score_why", {"lead": lead, "rows": lead._dms_why_rows()}
            )

    def _dms_why_rows(self):
        """:return: dicts of what speaks for or against a purchase, in words"""
        words = self._dms_fact_words()
        return [
            {
                "name": words.get(reason["code"], reason["code"]),
                "value": self._dms_fact_value(reason["code"], reason["value"]),
                "is_for": reason["weight"] > 0,
                "percent": min(100, round(abs(reason["weight"]) * 40)),
            }
            for reason in self.dms_score_reasons or []
        ]

    @api.model
    def _dms_fact_words(self):
        """:return: the facts a score hangs on, in the user's language"""
        return {
            "models_named": self.env._("Models named"),
            "rivals_named": self.env._("Other brands named"),
            "budget_named": self.env._("A budget is named"),
            "days_to_buy": self.env._("Days until the purchase, as written"),
            "payment": self.env._("Way of payment"),
            "trade_in": self.env._("Gives a car in trade"),
            "mood": self.env._("Mood of the messages"),
            "messages": self.env._("Messages of the customer"),
            "meetings": self.env._("Visits and meetings"),
            "known_customer": self.env._("Bought before"),
        }

    def _dms_fact_value(self, code, value):
        yes, no = self.env._("yes"), self.env._("no")
        if value is None:
            return self.env._("not said")
        if code in ("budget_named", "known_customer"):
            return yes if value else no
        words = {
            "loan": self.env._("loan"),
            "cash": self.env._("full payment"),
            "lease": self.env._("lease"),
            "yes": yes,
            "no": no,
        }
        return words.get(value) or (f"{value:g}" if value != str(value) else value)

    # ------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------

    def _dms_facts(self):
        """Gather what tells how leads will end; as many queries for one lead as for a
        thousand.

        :return: ``learners.Table``, one row per lead
        """
        messages, meetings = self._dms_messages(), self._dms_meetings()
        known = self._dms_known()
        models_, brands = self._dms_model_names(), self._dms_brand_names()
        rows = []
        for lead in self:
            said = messages.get(lead.id, [])
            texts = [html2plaintext(lead.description or ""), lead.name or "", *said]
            rivals = self._dms_rivals_of(lead.company_id, brands)
            rows.append(
                features(read("\n".join(texts), models_, rivals))
                | {
                    "messages": float(len(said)),
                    "meetings": float(meetings.get(lead.id, 0)),
                    "known_customer": float(lead.id in known),
                }
            )
        empty = Table({name: [] for name in COLUMNS})
        return Table.from_rows(rows) if rows else empty

    def _dms_messages(self):
        """:return: dict of lead id to what customers wrote in the first days"""
        self.env["mail.message"].flush_model()
        self.flush_model(["date_closed"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT message.res_id, message.body
                  FROM mail_message message
                  JOIN crm_lead lead ON lead.id = message.res_id
             LEFT JOIN res_users author ON author.partner_id = message.author_id
                                       AND NOT author.share
                 WHERE message.model = 'crm.lead' AND message.res_id IN %s
                   AND message.message_type IN ('comment', 'email')
                   AND author.id IS NULL
                   AND message.date < LEAST(
                       lead.create_date + %s, COALESCE(lead.date_closed, 'infinity'))
              ORDER BY message.id
                """,
                tuple(self.ids or [0]),
                WINDOW,
            )
        )
        found = {}
        for lead_id, body in rows:
            found.setdefault(lead_id, []).append(html2plaintext(body or ""))
        return found

    def _dms_meetings(self):
        """:return: dict of lead id to the meetings of the first days"""
        events = self.env["calendar.event"].search(
            [("opportunity_id", "in", self.ids)], order="id"
        )
        found = {}
        for event in events:
            lead = event.opportunity_id
            end = lead.create_date + WINDOW
            if event.start < min(end, lead.date_closed or end):
                found[lead.id] = found.get(lead.id, 0) + 1
        return found

    def _dms_known(self):
        """:return: ids of the leads whose customer had an order before the lead came"""
        self.env["sale.order"].flush_model(["partner_id", "state", "date_order"])
        self.flush_model(["partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.id FROM crm_lead lead
                 WHERE lead.id IN %s AND EXISTS (
                       SELECT FROM sale_order o
                        WHERE o.partner_id = lead.partner_id AND o.state = 'sale'
                          AND o.date_order < lead.create_date)
                """,
                tuple(self.ids or [0]),
            )
        )
        return {row[0] for row in rows}

    @api.model
    def _dms_model_names(self):
        """:return: dict of what a model or series is called, to its record's name"""
        models_ = self.env["product.template"].search([("dms_is_vehicle", "=", True)])
        series = models_.categ_id
        return {
            name: f"{record._name},{record.id}"
            for records in (models_, series)
            for record in self._dms_in_all_languages(records)
            for name in spoken(record.name)
        }

    @api.model
    def _dms_brand_names(self):
        """:return: dict of a name of a brand to the id of the brand"""
        brands = self.env["dms.brand"].search([], limit=MOST_BRANDS)
        return {
            name: brand.id
            for brand in self._dms_in_all_languages(brands)
            for name in spoken(brand.name)
        }

    @api.model
    def _dms_in_all_languages(self, records):
        """Yield each record in each language: customers write in theirs."""
        for code, _name in self.env["res.lang"].get_installed():
            yield from records.with_context(lang=code)

    @api.model
    def _dms_rivals_of(self, store, brands):
        """:return: dict of the names of brands that the store does not sell"""
        own = set(store.sudo().dms_brand_ids.ids)  # what a store sells is no secret
        return {name: id_ for name, id_ in brands.items() if id_ not in own}

    @api.model
    def _dms_examples_intent(self, stores, since):
        """Gather leads that are won or lost, as they stood after their first days."""
        leads = self.with_context(active_test=False).search(
            [
                ("company_id", "in", stores.ids),
                ("create_date", ">=", since),
                ("won_status", "in", ("won", "lost")),
            ],
            order="create_date, id",
        )
        target = [float(lead.won_status == "won") for lead in leads]
        return Examples(
            leads._dms_facts(), target, leads.mapped("create_date"), leads._dms_rivals()
        )

    def _dms_rivals(self):
        """:return: Odoo's own probabilities, if they were kept for every lead"""
        scored = self.filtered("dms_score_at")
        if len(scored) < len(self) or not self:
            return {}
        return {"odoo": [lead.dms_score_odoo / 100 for lead in self]}

    # ------------------------------------------------------------
    # Scoring
    # ------------------------------------------------------------

    def _dms_score(self):
        """Score these leads, each by the champion of its store."""
        for company, leads in self.filtered("company_id").grouped("company_id").items():
            if not (version := self._dms_score_version(company)):
                continue
            trained, facts = version._dms_trained(), leads._dms_facts()
            scores, reasons = trained.predict(facts), trained.explain(facts, 5)
            for lead, score, why in zip(leads, scores, reasons, strict=True):
                lead.write(lead._prepare_dms_score(version, score, why))

    def _prepare_dms_score(self, version, score, reasons):
        vals = {
            "dms_score": round(100 * score, 1),
            "dms_score_band": band(score),
            "dms_score_reasons": [reason.to_json() for reason in reasons],
            "dms_score_version_id": version.id,
            "dms_score_at": fields.Datetime.now(),
        }
        if not self.dms_score_at:
            vals["dms_score_odoo"] = self.automated_probability
        return vals

    @api.model
    def _dms_score_version(self, company):
        """:return: the champion, or the starting values where there is none; empty if
        leads are not to be scored"""
        champion = self.env["dms.learner"]._dms_champion(CODE, company)
        # whoever scores first need not be allowed to make champions
        learner = self.env["dms.learner"].sudo().search([("code", "=", CODE)])
        if champion or not learner:
            return champion
        version = learner.version_ids._dms_record(
            learner,
            start(),
            company_id=company.id,
            scope="group",
            origin="start",
            data_hash=Table({}).digest(),
        )
        version.action_promote()
        return version

    def action_dms_score(self):
        """Score now, without waiting for the next round."""
        self.check_access("write")
        self._dms_score()

    @api.model
    def _cron_dms_score(self):
        """Score the open leads that are new, or have news since they were scored."""
        if not self.env["dms.learner"].search_count([("code", "=", CODE)]):
            return  # archived: leads are not to be scored
        while ids := self._dms_with_news(BATCH_SIZE):
            leads = self.browse(ids).try_lock_for_update()
            leads._dms_score()
            left = len(self._dms_with_news(BATCH_SIZE)) if leads else 0
            if not leads or not self.env["ir.cron"]._commit_progress(
                len(leads), remaining=left
            ):
                break

    @api.model
    def _dms_with_news(self, limit):
        self.flush_model()
        self.env["mail.message"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.id FROM crm_lead lead
                 WHERE lead.active AND lead.company_id IS NOT NULL
                   AND lead.won_status = 'pending'
                   AND (lead.dms_score_at IS NULL OR EXISTS (
                        SELECT FROM mail_message message
                         WHERE message.model = 'crm.lead'
                           AND message.res_id = lead.id
                           AND message.message_type IN ('comment', 'email')
                           AND message.date > lead.dms_score_at
                           AND message.date <= %(now)s
                           AND message.date < lead.create_date + %(window)s)
                        AND lead.dms_score_at < lead.create_date + %(window)s)
              ORDER BY lead.id DESC LIMIT %(limit)s
                """,
                now=fields.Datetime.now(),  # mails may come from tomorrow
                window=WINDOW,
                limit=limit,
            )
        )
        return [row[0] for row in rows]
