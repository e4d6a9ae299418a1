import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

from .dms_risk_rule import OPEN_STATES, SEVERITIES
from .form_window import form_window
from .risk_evidence import evidence_table, texts
from .risk_owner import responsible

QUIET = {
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_auto_subscribe_no_notify": True,
    # the activity waits in the list of its owner; a mail would slow the business down
    "mail_activity_quick_update": True,
}
SOON_DAYS = 1
# What people change only through the buttons, which ask for a reason.
SETTLED = frozenset(("state", "closing_reason", "closed_by_id", "closed_at"))
FOUND = frozenset(
    (
        "rule_id",
        "company_id",
        "severity",
        "res_model",
        "res_id",
        "subject",
        "evidence_key",
        "evidence",
        "event_at",
    )
)


class DmsRiskAlert(models.Model):
    """A suspicion with its evidence, until somebody says what it was.

    open → in review → confirmed or false alarm. Rules raise alerts, nobody else does.
    """

    _name = "dms.risk.alert"
    _description = "Risk Alert"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "severity desc, id desc"
    _rec_names_search = ["subject", "rule_id"]
    _mail_post_access = "read"  # whoever sees an alert may say what he knows

    rule_id = fields.Many2one(
        "dms.risk.rule", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(readonly=True, help="The store where it happened.")
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    state = fields.Selection(
        [
            ("open", "To review"),
            ("review", "In review"),
            ("confirmed", "Confirmed"),
            ("false_alarm", "False alarm"),
        ],
        required=True,
        readonly=True,
        default="open",
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    deadline = fields.Date("Answer until", readonly=True)
    ageing = fields.Selection(
        [("fresh", "In time"), ("soon", "Due soon"), ("late", "Late")],
        compute="_compute_ageing",
    )
    subject = fields.Char("About", readonly=True, required=True)
    res_model = fields.Char("Model", readonly=True, required=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", readonly=True, required=True
    )
    event_at = fields.Datetime("Happened on", readonly=True)
    evidence_key = fields.Char(readonly=True)
    evidence = fields.Json("Evidence as Stored", readonly=True)
    evidence_table = fields.Html(
        "Evidence", compute="_compute_evidence_table", sanitize=False
    )
    message = fields.Char("Finding", compute="_compute_message")
    description = fields.Text(related="rule_id.description")
    advice = fields.Text(related="rule_id.advice")
    closing_reason = fields.Text("Reason", readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", "Closed by", readonly=True, copy=False, index="btree_not_null"
    )
    closed_at = fields.Datetime("Closed on", readonly=True, copy=False)

    _evidence_uniq = models.UniqueIndex(
        "(rule_id, res_model, res_id, evidence_key)",
        "This evidence has raised an alert already.",
    )
    _subject_idx = models.Index("(res_model, res_id, state)")
    _open_idx = models.Index(
        "(company_id, severity DESC, id DESC) WHERE state IN ('open', 'review')"
    )
    _closed_with_reason = models.Constraint(
        "CHECK (state IN ('open', 'review') OR (closed_at IS NOT NULL"
        " AND closed_by_id IS NOT NULL AND closing_reason <> ''))",
        "An alert is closed with a reason.",
    )

    @api.depends("rule_id.name", "subject")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for alert in self:
            alert.display_name = f"{alert.rule_id.name} · {alert.subject}"

    @api.depends("state", "deadline")
    @api.depends_context("tz")
    def _compute_ageing(self):
        today = fields.Date.context_today(self)
        soon = fields.Date.add(today, days=SOON_DAYS)
        for alert in self:
            alert.ageing = alert._ageing(today, soon)

    def _ageing(self, today, soon):
        if self.state not in OPEN_STATES or not self.deadline:
            return False
        if self.deadline < today:
            return "late"
        return "soon" if self.deadline <= soon else "fresh"

    @api.depends("evidence", "rule_id.message")
    @api.depends_context("lang", "tz")
    def _compute_message(self):
        for alert in self:
            alert.message = alert._said(alert.rule_id.message or "")

    def _said(self, template):
        try:
            return template % texts(self)
        except (KeyError, TypeError, ValueError):
            return template  # a rule was worded anew, its old alerts lack a value

    @api.depends("evidence")
    @api.depends_context("lang", "tz", "uid")
    def _compute_evidence_table(self):
        for alert in self:
            alert.evidence_table = evidence_table(alert)

    def write(self, vals):
        self.check_access("write")
        if (SETTLED | FOUND) & set(vals) and not self.env.su:
            raise AccessError(
                self.env._("An alert is reviewed and closed by its buttons.")
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # Raising
    # ------------------------------------------------------------

    @api.model
    def _raise(self, rule, findings):
        """Raise an alert for each finding that has none yet.

        Two transactions that find the same at the same moment raise one: the second
        waits for the first at the unique index, and then knows.

        :param findings: list of ``risk.Finding``
        :return: the new alerts, as superuser
        """
        system = self._as_system()
        # one order for all, so that no two transactions wait for each other
        fresh = sorted(self._not_raised(rule, findings).items())
        vals_list = [system._prepare(rule, finding) for _identity, finding in fresh]
        if not system._insert(vals_list):
            for vals in vals_list:
                system._insert([vals])
        return system._of(rule, dict(fresh))

    def _as_system(self):
        # Raised by the system: whoever did the business is neither author nor follower.
        return self.with_user(SUPERUSER_ID).with_context(**QUIET).sudo()

    def _not_raised(self, rule, findings):
        by_identity = {finding.identity: finding for finding in findings}
        for alert in self._of(rule, by_identity):
            del by_identity[alert._identity()]
        return by_identity

    def _of(self, rule, identities):
        """:return: the alerts of a rule that have these identities"""
        # whether it was raised counts, not who may read it
        alerts = self.sudo().search(
            [
                ("rule_id", "=", rule.id),
                ("res_model", "in", list({model for model, _id, _key in identities})),
                ("res_id", "in", [record_id for _model, record_id, _key in identities]),
            ]
        )
        return alerts.filtered(lambda alert: alert._identity() in identities)

    def _identity(self):
        return (self.res_model, self.res_id, self.evidence_key or "")

    def _insert(self, vals_list):
        """:return: whether none of these alerts was there already"""
        try:
            with self.env.cr.savepoint():
                self.create(vals_list)._give_to_owner()
        except psycopg2.errors.UniqueViolation as error:
            if error.diag.constraint_name != self._evidence_uniq.full_name(self):
                raise
            return False
        return True

    def _prepare(self, rule, finding):
        model, record_id, key = finding.identity
        return {
            "rule_id": rule.id,
            "company_id": finding.company_id,
            "severity": rule.severity,
            "user_id": responsible(rule, finding.company_id).id,
            "deadline": fields.Date.add(fields.Date.today(), days=rule.due_days),
            "subject": finding.label,
            "res_model": model,
            "res_id": record_id,
            "evidence_key": key,
            "evidence": finding.evidence(),
            "event_at": finding.at,
        }

    def _give_to_owner(self):
        """Put each alert among what its owner has to do."""
        self.env["mail.activity"].create(
            [alert._prepare_activity() for alert in self if alert.user_id]
        )

    def _prepare_activity(self):
        rule = self.rule_id.with_context(lang=self.user_id.lang)
        return {
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": self.user_id.id,
            "date_deadline": self.deadline,
            "summary": rule.name,
        }

    # ------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------

    def action_review(self):
        """Take open alerts into review; they are mine if they were nobody's."""
        self.check_access("write")
        fresh = self.filtered(lambda alert: alert.state == "open")
        # people move alerts only by the steps that exist
        fresh.sudo().state = "review"
        fresh.filtered(lambda alert: not alert.user_id).user_id = self.env.user

    def action_confirm(self):
        return self._ask_reason("confirmed")

    def action_false_alarm(self):
        return self._ask_reason("false_alarm")

    def action_reopen(self):
        """Take back how an alert was closed; the audit and the chatter keep it."""
        self.check_access("write")
        vals = {"closing_reason": False, "closed_by_id": False, "closed_at": False}
        # people move alerts only by the steps that exist
        closed = self.filtered(lambda alert: alert.state not in OPEN_STATES).sudo()
        closed.write({"state": "review", **vals})

    def action_open_record(self):
        """Open what the alert is about."""
        self.ensure_one()
        return form_window(self.res_model, self.res_id)

    def _ask_reason(self, outcome):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_risk_close_action"
        )
        alerts = self.filtered(lambda alert: alert.state in OPEN_STATES)
        context = {"default_alert_ids": alerts.ids, "default_outcome": outcome}
        return action | {"context": context}

    def _close(self, outcome, reason):
        """Close open alerts.

        :param outcome: "confirmed" or "false_alarm"
        :param reason: why, for whoever asks later
        :raise UserError: without a reason, or if one was closed meanwhile
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        if closed := self.filtered(lambda alert: alert.state not in OPEN_STATES):
            raise UserError(
                self.env._("Closed already: %(alert)s", alert=closed[0].display_name)
            )
        # people move alerts only by the steps that exist
        self.sudo().write(self._prepare_closing(outcome, reason.strip()))
        self.sudo().activity_ids.action_feedback(feedback=reason)

    def _prepare_closing(self, outcome, reason):
        return {
            "state": outcome,
            "closing_reason": reason,
            "closed_by_id": self.env.uid,
            "closed_at": fields.Datetime.now(),
        }
