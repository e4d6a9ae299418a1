import json
import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, json_default

from .. import delivery
from .notification import notification

_logger = logging.getLogger(__name__)

SCHEDULE = delivery.RetrySchedule(first_s=60, attempts=12)


class DmsInboxMessage(models.Model):
    """What another side has said to us: one effect, however often it is said.

    The effect is written in the transaction that stores the message, so either both
    are there or none. A message whose handler failed is stored, was accepted, and is
    tried again by us, not by the sender.
    """

    _name = "dms.inbox.message"
    _description = "Incoming Message"
    _inherit = ["dms.message.mixin"]

    sender_key = fields.Char(
        "Key of the sender",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: delivery.unique_key(),
        help="By it we recognise a message that we have already.",
    )
    nonce = fields.Char(readonly=True, copy=False)
    body_digest = fields.Char(readonly=True)
    state = fields.Selection(
        [("done", "Done"), ("failed", "Failed"), ("dead", "Dead")],
        required=True,
        readonly=True,
        default="failed",
        help="Failed: what it asks for could not be done and is tried again.",
    )
    result = fields.Json("Answer", readonly=True)
    error = fields.Text(readonly=True)
    next_attempt_at = fields.Datetime("Next attempt", readonly=True)
    handled_at = fields.Datetime("Done on", readonly=True)
    is_unsettled = fields.Boolean(
        "Unsettled",
        readonly=True,
        copy=False,
        help="Rows of it were refused, or it is dead, and nobody has replayed or "
        "settled it yet.",
    )
    refused_count = fields.Integer("Refused rows", readonly=True, copy=False)
    refused_rows = fields.Text("What was refused", compute="_compute_refused_rows")

    _sender_key_uniq = models.UniqueIndex(
        "(connector_id, sender_key)", "This message was received already."
    )
    _nonce_uniq = models.UniqueIndex(
        "(connector_id, nonce) WHERE nonce IS NOT NULL",
        "This nonce was used already.",
    )
    _due_idx = models.Index("(next_attempt_at) WHERE state = 'failed'")
    _unsettled_idx = models.Index("(connector_id, id) WHERE is_unsettled")

    @api.depends("result")
    def _compute_refused_rows(self):
        for message in self:
            lines = [
                " · ".join(str(value) for value in row.values() if value)
                for row in _refused(message.result)
            ]
            message.refused_rows = "\n".join(lines)

    @api.model
    def _take(self, connector, incoming, nonce, body):
        """Store a message and do what it asks for, unless that was done already.

        Two that come at the same moment meet at the unique index: the second waits for
        the first to commit, its transaction is turned away by the database and begins
        anew, and then it finds the first.

        :param incoming: ``delivery.Incoming``, its signature checked
        :return: the message and whether it was there already; an empty message if
            the nonce belongs to another one
        """
        digest = delivery.digest(body)
        created = self._insert_once(connector, incoming, nonce, digest)
        if created:
            created._handle()
            return created, False
        known = self.search(
            [("connector_id", "=", connector.id), ("sender_key", "=", incoming.key)]
        )
        return known, True

    def _insert_once(self, connector, incoming, nonce, digest):
        """:return: the new record, empty if the database refused a second one"""
        query = SQL(
            """
            INSERT INTO dms_inbox_message
                   (connector_id, company_id, kind, sender_key, nonce, payload,
                    body_digest, state, attempts, create_uid, write_uid,
                    create_date, write_date)
            VALUES (%(connector)s, %(company)s, %(kind)s, %(key)s, %(nonce)s,
                    %(payload)s, %(digest)s, 'failed', 0, %(uid)s, %(uid)s,
                    %(now)s, %(now)s)
                ON CONFLICT DO NOTHING
         RETURNING id
            """,
            connector=connector.id,
            company=connector.company_id.id,
            kind=incoming.kind,
            key=incoming.key,
            nonce=nonce or None,
            payload=delivery.canonical_json(incoming.payload).decode(),
            digest=digest,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )
        return self.browse(row[0] for row in self.env.execute_query(query))

    def _handle(self):
        """Let the provider act; what a failed one has done is undone.

        It acts as the system, whoever calls: the sender is no user, and who has a
        message tried again asks for what the sender wanted. If its answer has a list
        ``rejected`` of rows, the rest was done, and somebody is told of these.
        """
        self.ensure_one()
        before, vals = self.is_unsettled, {"attempts": self.attempts + 1}
        provider = self.connector_id._dms_provider()
        message = self._as_system()
        try:
            with self.env.cr.savepoint():
                result = provider.receive(message)
                self.env.flush_all()
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
            raise
        except Exception as error:
            _logger.warning("message %s failed", self.id, exc_info=True)
            self.write(vals | self._prepare_failure(error, vals["attempts"]))
        else:
            self.write(vals | self._prepare_success(result))
        if self.is_unsettled:
            self.connector_id._dms_tell_refused()
        elif before:
            self.connector_id._dms_forget_refused()

    def _as_system(self):
        """:return: the message as the system; reasons in the words of who is told"""
        lang = self.connector_id.user_id.lang
        message = self.with_user(SUPERUSER_ID).with_company(self.company_id)
        return message.with_context(lang=lang)

    def _prepare_success(self, result):
        result = json.loads(json.dumps(result, default=json_default))
        refused = _refused(result)
        return {
            "state": "done",
            "result": result,
            "refused_count": len(refused),
            "is_unsettled": bool(refused),
            "error": False,
            "next_attempt_at": False,
            "handled_at": fields.Datetime.now(),
        }

    def _prepare_failure(self, error, attempts):
        exhausted = SCHEDULE.is_exhausted(attempts)
        pause = timedelta(seconds=SCHEDULE.pause_s(attempts))
        return {
            "state": "dead" if exhausted else "failed",
            "is_unsettled": exhausted,
            "error": self._reason(error),
            "next_attempt_at": not exhausted and fields.Datetime.now() + pause,
        }

    def _reason(self, error):
        """Say why a message failed: what people can change, else what it was."""
        if isinstance(error, UserError):
            return str(error)
        if isinstance(error, NotImplementedError):
            return self.env._(
                "Nobody reads what this connector receives: install the addon that"
                " does, then try again."
            )
        return f"{type(error).__name__}: {error}"

    @api.model
    def _cron_handle_failed(self):
        """Try again what failed, oldest first."""
        domain = [
            ("state", "=", "failed"),
            ("next_attempt_at", "<=", fields.Datetime.now()),
        ]
        due = self.search(domain, order="next_attempt_at, id", limit=100)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for message in due:
            message = message.try_lock_for_update().filtered_domain(domain)
            if message:
                message._handle()
            if not cron._commit_progress(1):
                break

    def action_replay(self):
        """Do now what could not be done when the message came.

        Of a message that was done in part, the provider knows what it did before.
        """
        self._check_may_manage()
        # nobody has the right to write messages; the one to manage was checked
        for message in self.sudo().filtered(lambda m: m._may_replay()):
            message._handle()
            message.sudo(False)._note_decision("replay")

    def action_settle(self):
        """Somebody has looked after what was refused in another way."""
        self._check_may_manage()
        open_ = self.filtered("is_unsettled")
        open_.sudo().is_unsettled = False  # see above
        open_._note_decision("settle")
        open_.connector_id._dms_forget_refused()
        return notification(
            self.env._("%(count)s messages are settled.", count=len(open_)),
            next={"type": "ir.actions.act_window_close"},
        )

    def _may_replay(self):
        return self.state != "done" or self.is_unsettled


def _refused(result):
    """:return: the rows that an answer of a provider names as rejected"""
    rows = result.get("rejected") if isinstance(result, dict) else None
    return [row for row in rows or [] if isinstance(row, dict)]
