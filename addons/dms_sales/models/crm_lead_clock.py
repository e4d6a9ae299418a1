"""How long a customer waits for the first word of the store."""

from datetime import timedelta

from odoo import api, fields, models

CLOCKS = [
    ("answered", "Answered"),
    ("running", "Waiting"),
    ("soon", "Due Soon"),
    ("late", "Late"),
]
SOON = timedelta(minutes=10)


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_received_at = fields.Datetime(
        "Received", default=fields.Datetime.now, required=True, index=True, copy=False
    )
    dms_due_at = fields.Datetime(
        "Answer Due",
        compute="_compute_dms_due_at",
        store=True,
        help="So many minutes of opening hours after it came; the store says how many.",
    )
    dms_answered_at = fields.Datetime(
        "First Answer", readonly=True, copy=False, tracking=True
    )
    dms_answer_minutes = fields.Integer(
        "Answered after (min)",
        compute="_compute_dms_answer_minutes",
        store=True,
        aggregator="avg",
        help="Minutes of opening hours from the first message to the first answer.",
    )
    dms_clock = fields.Selection(
        CLOCKS, "Clock", compute="_compute_dms_clock", search="_search_dms_clock"
    )
    dms_escalated_at = fields.Datetime("Told to the Manager", readonly=True, copy=False)

    # The scheduled job asks for those that wait.
    _dms_waiting_idx = models.Index(
        "(dms_due_at) WHERE active AND dms_answered_at IS NULL"
    )

    @api.depends("dms_received_at", "dms_recycled_at", "company_id")
    def _compute_dms_due_at(self):
        for lead in self:
            store = lead.company_id or self.env.company
            lead.dms_due_at = store._dms_after_open_minutes(
                lead.dms_recycled_at or lead.dms_received_at,
                store.sudo().dms_answer_minutes,  # of a store it is no secret
            )

    @api.depends("dms_answered_at", "dms_received_at")
    def _compute_dms_answer_minutes(self):
        for lead in self:
            lead.dms_answer_minutes = lead.company_id._dms_open_minutes(
                lead.dms_received_at, lead.dms_answered_at
            )

    @api.depends("dms_answered_at", "dms_due_at")
    def _compute_dms_clock(self):
        now = fields.Datetime.now()
        for lead in self:
            lead.dms_clock = lead._dms_clock_at(now)

    def _dms_clock_at(self, now):
        if self.dms_answered_at or not self.dms_due_at:
            return "answered" if self.dms_answered_at else False
        if self.dms_due_at < now:
            return "late"
        return "soon" if self.dms_due_at < now + SOON else "running"

    @api.model
    def _search_dms_clock(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        waits = fields.Domain("dms_answered_at", "=", False)
        soon = now + SOON
        domains = {
            "answered": ~waits,
            "late": waits & fields.Domain("dms_due_at", "<", now),
            "soon": waits
            & fields.Domain("dms_due_at", ">=", now)
            & fields.Domain("dms_due_at", "<", soon),
            "running": waits & fields.Domain("dms_due_at", ">=", soon),
        }
        return fields.Domain.OR(domains[name] for name in value if name in domains)

    # What stops the clock

    def action_dms_reached(self):
        """The consultant has spoken to the customer."""
        self._dms_answered()

    def _dms_answered(self, when=None):
        """Stop the clock; what was answered stays answered.

        :param when: naive UTC, now by default
        """
        waiting = self.filtered(lambda lead: not lead.dms_answered_at)
        waiting.dms_answered_at = when or fields.Datetime.now()
        waiting._dms_close_escalation()

    def _message_post_after_hook(self, message, msg_values):
        res = super()._message_post_after_hook(message, msg_values)
        if not self.dms_answered_at and self._dms_is_answer(message):
            self._dms_answered()
        return res

    def _dms_is_answer(self, message):
        """Tell whether staff has turned to the customer; notes do not count."""
        author = message.author_id.sudo().user_ids  # whoever wrote it, is it staff?
        if not author or all(user.share or user.id == 1 for user in author):
            return False
        escalation = self.env.ref(ESCALATION, raise_if_not_found=False)
        if message.mail_activity_type_id:
            return message.mail_activity_type_id != escalation
        return message.message_type == "comment" and not message.is_internal

    # What happens when nobody answers

    def _dms_close_escalation(self):
        self.activity_unlink([ESCALATION])

    def _dms_escalate(self):
        """Tell the manager that a customer waits too long."""
        for lead in self:
            lead.activity_schedule(
                ESCALATION,
                user_id=lead.company_id._dms_sales_manager().id or lead.user_id.id,
                note=lead._dms_escalation_note(),
            )
            lead.dms_escalated_at = fields.Datetime.now()

    def _dms_escalation_note(self):
        if not self.user_id:
            return self.env._("Nobody works on this lead: give it to somebody.")
        return self.env._(
            "%(name)s has not answered yet. Ask, or give the lead to somebody else.",
            name=self.user_id.name,
        )

    @api.model
    def _cron_dms_watch_clock(self, limit=200):
        """Tell managers what is late, then take back what stays unanswered."""
        late = self.search(self._dms_late_domain(), limit=limit, order="dms_due_at")
        done = self._dms_in_turn(late, lambda lead: lead._dms_escalate())
        idle = self.search(self._dms_idle_domain(), limit=limit, order="dms_due_at")
        done += self._dms_in_turn(idle, lambda lead: lead._dms_recycle())
        return done

    def _dms_in_turn(self, leads, act):
        """Do something with each lead that nobody else works on just now.

        :return: how many were done
        """
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(leads))
        done = 0
        for lead in leads:
            if locked := lead.try_lock_for_update():
                act(locked)
                done += 1
            if not cron._commit_progress(1):
                break
        return done

    def _dms_late_domain(self):
        return [
            ("won_status", "=", "pending"),
            ("company_id.dms_is_store", "=", True),
            ("dms_answered_at", "=", False),
            ("dms_escalated_at", "=", False),
            ("dms_due_at", "<", fields.Datetime.now()),
        ]


ESCALATION = "dms_sales.mail_activity_type_late_lead"
