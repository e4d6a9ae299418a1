import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .. import delivery
from ..delivery import Fate
from ..outbox import OutboxWorker, order
from ..outbox.history import history_entry, history_line
from .dms_breaker_mixin import to_datetime
from .form_window import form_window
from .notification import notification

ANSWER_LENGTH = 10_000
HISTORY = 50  # attempts that are kept
KEEP_DAYS = "dms_base.outbox_keep_days"

_logger = logging.getLogger(__name__)


class DmsOutboxMessage(models.Model):
    """What is to be said to another side, written with the business it is about.

    waiting → sending → delivered, back to waiting after a failure, or dead. Only
    ``connector._dms_send`` writes messages and only workers send them.
    """

    _name = "dms.outbox.message"
    _description = "Outgoing Message"
    _inherit = ["dms.message.mixin"]

    idempotency_key = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: delivery.unique_key(),
        help="The same in every attempt: by it the other side recognises the message.",
    )
    ordering_key = fields.Char(
        readonly=True,
        help="Messages with the same key leave one after the other, in their order.",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sending", "Being sent"),
            ("delivered", "Delivered"),
            ("dead", "Dead"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
    )
    next_attempt_at = fields.Datetime(
        "Next attempt", readonly=True, copy=False, default=fields.Datetime.now
    )
    is_released = fields.Boolean(
        "Released",
        readonly=True,
        copy=False,
        help="Dead, and those behind it need not wait for it.",
    )
    is_held = fields.Boolean(
        "Held",
        readonly=True,
        copy=False,
        help="An earlier message with the same ordering key has to go first.",
    )
    claim = fields.Char(readonly=True, copy=False)
    claimed_until = fields.Datetime(readonly=True, copy=False)
    last_status = fields.Integer("HTTP status", readonly=True, copy=False)
    last_answer = fields.Text(readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    history = fields.Json(readonly=True, copy=False, help="The last attempts.")
    history_table = fields.Html(
        "What each attempt came to", compute="_compute_history_table", sanitize=False
    )
    delivered_at = fields.Datetime("Delivered on", readonly=True, copy=False)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    waits_for = fields.Char("Why it waits", compute="_compute_waits_for")
    waiting_hours = fields.Float(compute="_compute_waiting_hours")

    _key_uniq = models.UniqueIndex(
        "(connector_id, idempotency_key)", "There is a message with this key already."
    )
    _due_idx = models.Index(
        "(connector_id, next_attempt_at, id) "
        "WHERE state = 'waiting' AND is_held IS NOT TRUE"
    )
    _held_idx = models.Index("(connector_id, ordering_key, id) WHERE is_held")
    _order_idx = models.Index(
        "(connector_id, ordering_key, id) WHERE ordering_key IS NOT NULL "
        "AND state IN ('waiting', 'sending', 'dead') AND is_released IS NOT TRUE"
    )
    _lapsed_idx = models.Index("(claimed_until) WHERE state = 'sending'")
    _record_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")

    @api.depends("state")
    def _compute_waiting_hours(self):
        now = fields.Datetime.now()
        for message in self:
            waits = message.state in ("waiting", "sending", "dead")
            age = now - (message.create_date or now)
            message.waiting_hours = waits and age.total_seconds() / 3600

    @api.depends("state", "next_attempt_at", "connector_id.state", "is_released")
    def _compute_waits_for(self):
        before = self._predecessors()
        for message in self:
            message.waits_for = message._reason_to_wait(before.get(message.id))

    def _reason_to_wait(self, predecessor):
        if self.state == "dead":
            return not self.is_released and self.env._("Replay or release it")
        if self.state != "waiting":
            return False
        connector = self.connector_id
        if connector.state in ("draft", "paused"):
            return self.env._("The connector is not active")
        if predecessor:
            return self.env._("Message %(number)s goes first", number=predecessor)
        if connector.breaker_state != "closed":
            return self.env._("The other side fails; it is asked again soon")
        if self.next_attempt_at > fields.Datetime.now():
            return self.env._("For its next attempt")
        return self.env._("It leaves in a moment")

    @api.depends("history")
    def _compute_history_table(self):
        labels = self._outcome_labels()
        for message in self:
            lines = [
                history_line(self.env, entry, labels)
                for entry in reversed(message.history or [])
            ]
            message.history_table = lines and self.env["ir.qweb"]._render(
                "dms_base.dms_outbox_history", {"lines": lines}
            )

    def _outcome_labels(self):
        return {
            "delivered": self.env._("Delivered"),
            "pending": self.env._("Accepted, not finished"),
            "retry": self.env._("Failed, had no effect"),
            "unknown": self.env._("Nobody knows whether it arrived"),
            "permanent": self.env._("Refused"),
        }

    def _predecessors(self):
        """:return: dict of id to the id of the oldest message that goes before it"""
        if not self.ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT message.id, first.id
                  FROM dms_outbox_message message
                 CROSS JOIN LATERAL (
                        SELECT id FROM dms_outbox_message earlier
                         WHERE earlier.connector_id = message.connector_id
                           AND earlier.ordering_key = message.ordering_key
                           AND earlier.id < message.id
                           AND earlier.state IN ('waiting', 'sending', 'dead')
                           AND earlier.is_released IS NOT TRUE
                         ORDER BY id LIMIT 1) first
                 WHERE message.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return dict(rows)

    @api.autovacuum
    def _gc_delivered(self):
        """Forget what was delivered long ago (180 days, or what the parameter says)."""
        days = int(self.env["ir.config_parameter"].sudo().get_param(KEEP_DAYS, 180))
        limit = fields.Datetime.now() - timedelta(days=days)
        old = [("state", "=", "delivered"), ("delivered_at", "<", limit)]
        self.search(old, limit=10_000).unlink()

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _write_down(self, connector, vals):
        """See ``dms.connector._dms_send``."""
        # Whoever does business causes messages; nobody has the right to write them.
        messages = self.sudo()
        vals["payload"] = delivery.canonical_json(vals["payload"]).decode()
        if key := vals.pop("idempotency_key"):
            vals["idempotency_key"] = key
            if known := messages._known(connector, key):
                return known._same_content(vals)
        if vals["ordering_key"]:
            vals["is_held"] = messages._line_up(connector, vals["ordering_key"])
        message = messages._create_once(connector, vals)
        connector.sudo()._dms_wake_outbox()
        return message

    def _known(self, connector, key):
        return self.search(
            [("connector_id", "=", connector.id), ("idempotency_key", "=", key)]
        )

    def _same_content(self, vals):
        if (self.kind, self.payload) != (vals["kind"], vals["payload"]):
            raise UserError(
                self.env._(
                    "The key %(key)s stands for another message.",
                    key=self.idempotency_key,
                )
            )
        return self

    def _line_up(self, connector, ordering_key):
        """Let the ids of one ordering key follow the order of the commits.

        Ids are taken before the commit: without this lock a later id could be visible,
        and delivered, before an earlier one.

        :return: whether an earlier one is still to be delivered, as far as this
            transaction can see; the workers see more, see ``outbox.order``
        """
        query = SQL(
            """
            SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0)),
                   EXISTS (SELECT FROM dms_outbox_message
                            WHERE connector_id = %(connector)s
                              AND ordering_key = %(key)s
                              AND state IN ('waiting', 'sending', 'dead')
                              AND is_released IS NOT TRUE)
            """,
            name=f"dms.outbox:{connector.id}:{ordering_key}",
            connector=connector.id,
            key=ordering_key,
        )
        return self.env.execute_query(query)[0][1]

    def _create_once(self, connector, vals):
        vals |= {"connector_id": connector.id, "company_id": connector.company_id.id}
        if "idempotency_key" not in vals:
            return self.create(vals)
        try:
            with self.env.cr.savepoint():
                return self.create(vals)
        except psycopg2.errors.UniqueViolation as error:
            # from a transaction that this one cannot see: the next try will see it
            raise ConcurrencyError(str(error)) from error

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    @api.model
    def _cron_deliver(self):
        """Deliver what is due, until nothing is or the time is over."""
        OutboxWorker(self.env).run()

    def _settle(self, result, now):
        """Note what an attempt came to.

        :param result: ``delivery.Result``
        :param now: seconds since the epoch
        """
        self.ensure_one()
        connector = self.connector_id
        outcome = result.verdict.outcome
        schedule = connector._dms_schedule()
        becomes = delivery.fate(outcome, self.attempts, schedule, connector.may_repeat)
        vals = self._prepare_result(result, now) | {"state": becomes.value}
        if becomes is Fate.DELIVERED:
            vals["delivered_at"] = to_datetime(now)
        if becomes is Fate.WAITING:
            pause = schedule.pause_s(self.attempts, result.verdict.retry_after_s)
            vals["next_attempt_at"] = to_datetime(now + pause + 1)
        self.write(vals)
        if becomes is Fate.DEAD:
            connector._dms_tell_dead()
            self._hand_over("given_up")
        if becomes is Fate.DELIVERED and result.answer:
            self._hand_over("delivered", result.answer)

    def _hand_over(self, name, *arguments):
        """Let the provider act on the end of a message; what fails there is not sent
        again.

        :param name: the method of the provider
        """
        cls = delivery.providers().get(self.connector_id.provider)
        if not cls or getattr(cls, name) is getattr(delivery.Provider, name):
            return
        try:
            with self.env.cr.savepoint():
                getattr(cls(), name)(self, *arguments)
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
            raise
        except Exception as error:
            _logger.exception("%s of message %s failed", name, self.id)
            self.last_error = str(error)

    def _prepare_result(self, result, now):
        answer = result.answer
        return {
            "history": self._history_with(history_entry(result, now)),
            "claim": False,
            "claimed_until": False,
            "last_status": answer.status if answer else False,
            "last_answer": answer and answer.text()[:ANSWER_LENGTH],
            "last_error": result.verdict.reason,
        }

    def _history_with(self, entry):
        return [*(self.history or []), entry][-HISTORY:]

    # ------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------

    def action_replay(self):
        """Send dead messages once more, with their old keys."""
        self._check_may_manage()
        dead = self.filtered(lambda message: message.state == "dead")
        dead._put_back({"attempts": 0, "is_released": False})
        dead._note_decision("replay")
        dead.connector_id._dms_forget_dead()
        return notification(
            self.env._("%(count)s messages go out again.", count=len(dead)),
            next={"type": "ir.actions.act_window_close"},
        )

    def action_send_now(self):
        """Do not wait for the time of the next attempt."""
        self._check_may_manage()
        waiting = self.filtered(lambda message: message.state == "waiting")
        waiting._put_back({})
        waiting._note_decision("send_now")

    def action_release(self):
        """Let those that wait behind dead messages go."""
        self._check_may_manage()
        dead = self.filtered(lambda message: message.state == "dead")
        # workers and people share these rows; the right was checked above
        dead.sudo().is_released = True
        order.let_next_go(self.env, dead.ids)
        dead._note_decision("release")
        dead.connector_id._dms_forget_dead()
        self.env["dms.connector"]._dms_wake_outbox()

    def action_open_record(self):
        self.ensure_one()
        return form_window(self.res_model, self.res_id)

    def _put_back(self, vals):
        now = fields.Datetime.now()
        # nobody has the right to write messages; the one to manage was checked
        self.sudo().write({"state": "waiting", "next_attempt_at": now, **vals})
        self.env["dms.connector"]._dms_wake_outbox()
