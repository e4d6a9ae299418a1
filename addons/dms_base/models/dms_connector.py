import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .. import delivery
from ..delivery import BreakerState
from .dms_breaker_mixin import POLICY
from .notification import notification

_logger = logging.getLogger(__name__)

DEAD_NOTICE = "dms_base.mail_activity_type_dead"
REFUSED_NOTICE = "dms_base.mail_activity_type_refused"
NETWORKS = "dms_base.outbox_networks"
TEST_LIMITS = delivery.Limits(connect_s=3, read_s=5, total_s=8, answer_bytes=10_000)


class DmsConnector(models.Model):
    """One other side: an OEM, a bank, an authority, a subscriber.

    It belongs to one store, since contracts, dealer codes and credentials are given to
    the legal entity. What a group buys once is entered in each store that uses it.
    """

    _name = "dms.connector"
    _description = "Connector"
    _inherit = [
        "dms.store.mixin",
        "dms.credentials.mixin",
        "dms.breaker.mixin",
        "dms.hook.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "company_id, name, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        help="By this code the program finds the connector of a store, such as oem.",
    )
    active = fields.Boolean(default=True)
    provider = fields.Selection(
        selection=lambda self: self._selection_provider(),
        required=True,
        default="http_json",
        help="The language that the other side speaks.",
    )
    endpoint = fields.Char(
        "Address",
        required=True,
        help="Where messages are sent. It begins with https and does not lie in our "
        "own network, unless a system administrator has allowed that.",
    )
    account = fields.Char(
        "Our number",
        help="By which the other side knows us, such as a dealer code; of a chain, the "
        "address of our account.",
    )
    state = fields.Selection(
        [
            ("draft", "Not active yet"),
            ("active", "Active"),
            ("paused", "Paused"),
            ("broken", "Broken"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        help="Broken: the other side failed several times in a row. It is asked again "
        "from time to time; the first success makes the connector active again.",
    )
    trusted_roots = fields.Text(
        "Trusted certificates",
        help="In PEM: the root certificate of a timestamp authority, and what stands "
        "between it and the certificate it stamps with.",
    )
    timeout_s = fields.Integer(
        "Patience (seconds)", default=30, help="How long to wait for an answer."
    )
    max_attempts = fields.Integer(
        "Attempts", default=20, help="After so many a message is dead."
    )
    may_repeat = fields.Boolean(
        "Repeats are safe",
        default=True,
        help="The other side recognises by its key a message that it has already. If "
        "it does not, a message of which nobody knows whether it arrived is not sent "
        "again: ask the other side, then replay or release it.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self._default_user_id(),
        help="Is told when messages have died, and when something of what came in was "
        "refused. Without one, an administrator of the group is.",
    )
    last_error = fields.Text(readonly=True, copy=False)
    last_error_at = fields.Datetime("Time of the error", readonly=True, copy=False)
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    dead_notice_at = fields.Datetime(
        "Told about dead messages", readonly=True, copy=False
    )
    refused_notice_at = fields.Datetime(
        "Told about what was refused", readonly=True, copy=False
    )
    dead_count = fields.Integer("Dead", compute="_compute_counts")
    delivered_count = fields.Integer("Delivered", compute="_compute_counts")
    received_count = fields.Integer("Received", compute="_compute_received_count")

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "Another connector of this store already has this code."
    )
    _hook_token_uniq = models.UniqueIndex(
        "(hook_token) WHERE hook_token IS NOT NULL",
        "Another connector already has this address.",
    )
    _timeout_range = models.Constraint(
        "CHECK (timeout_s BETWEEN 1 AND 300)",
        "The patience lies between 1 and 300 seconds.",
    )
    _attempts_range = models.Constraint(
        "CHECK (max_attempts BETWEEN 1 AND 1000)",
        "The number of attempts lies between 1 and 1000.",
    )

    @api.model
    def _default_user_id(self):
        is_admin = self.env.user.has_group("dms_base.group_dms_group_admin")
        return is_admin and not self.env.su and self.env.user

    @api.model
    def _selection_provider(self):
        """Offer the providers of the addons that this database has installed."""
        return [
            (name, self._provider_label(cls))
            for name, cls in delivery.providers().items()
            if self._addon(cls) in self.env.registry._init_modules
        ]

    @api.model
    def _addon(self, cls):
        return cls.__module__.removeprefix("odoo.addons.").partition(".")[0]

    @api.model
    def _provider_label(self, cls):
        """:return: what people read; labels in ``delivery`` cannot be translated"""
        labels = {
            "http_json": self.env._("JSON over HTTP"),
            "webhook": self.env._("Webhook subscription"),
            "rfc3161": self.env._("Timestamp authority (RFC 3161)"),
            "evm": self.env._("EVM chain (JSON-RPC)"),
        }
        return labels.get(cls.name, cls.label)

    def _compute_counts(self):
        messages = self.env["dms.outbox.message"]
        groups = messages._read_group(
            [("connector_id", "in", self.ids)], ["connector_id", "state"], ["__count"]
        )
        counts = {(connector, state): count for connector, state, count in groups}
        for record in self:
            record.waiting_count = sum(
                counts.get((record, state), 0) for state in ("waiting", "sending")
            )
            record.dead_count = counts.get((record, "dead"), 0)
            record.delivered_count = counts.get((record, "delivered"), 0)

    def _compute_received_count(self):
        groups = self.env["dms.inbox.message"]._read_group(
            [("connector_id", "in", self.ids)], ["connector_id"], ["__count"]
        )
        counts = dict(groups)
        for record in self:
            record.received_count = counts.get(record, 0)

    @api.constrains("endpoint")
    def _check_endpoint(self):
        guard = self._dms_guard()
        for record in self:
            try:
                guard.check_url(record.endpoint)
            except delivery.AddressRefused as error:
                raise ValidationError(
                    self.env._(
                        "Messages cannot be sent to this address: %(reason)s.",
                        reason=error,
                    )
                ) from error

    @api.constrains("company_id")
    def _check_company_of_messages(self):
        for name in ("dms.outbox.message", "dms.inbox.message"):
            # all messages count, also those the user may not see
            messages = self.env[name].sudo()
            for record in self:
                mine = [("connector_id", "=", record.id)]
                if messages.search_count(
                    [*mine, ("company_id", "!=", record.company_id.id)], limit=1
                ):
                    raise ValidationError(
                        self.env._(
                            "%(connector)s has messages of its store. Make another "
                            "connector for the other store.",
                            connector=record.name,
                        )
                    )

    def write(self, vals):
        if "endpoint" in vals:
            self._forget_what_would_be_shown(vals)
        return super().write(vals)

    def _forget_what_would_be_shown(self, vals):
        """Give no token or password of one side to another.

        They are sent as they are: who could point the connector to a machine of his
        own would read them there.
        """
        given = _origin(vals["endpoint"])
        moved = self.filtered(lambda record: _origin(record.endpoint) != given)
        if shown := self._dms_shown_secrets() - set(vals):
            moved.write(dict.fromkeys(shown, False))

    @api.model
    def _dms_shown_secrets(self):
        """:return: the names of secrets that the other side is shown as they are"""
        return {"token", "password"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_messages(self):
        if (
            self.env["dms.outbox.message"]
            .sudo()
            .search_count([("connector_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._("A connector that has messages is archived, not deleted.")
            )

    def action_activate(self):
        """Let messages go; a breaker that was open is closed."""
        for record in self:
            if record.missing_credentials:
                raise UserError(
                    self.env._(
                        "%(connector)s cannot work yet. Missing: %(names)s.",
                        connector=record.name,
                        names=record.missing_credentials,
                    )
                )
        closed = self._prepare_breaker(delivery.Breaker())
        self.write({"state": "active", **closed})
        self._dms_wake_outbox()

    def action_pause(self):
        """Keep messages back; new ones may still be written."""
        self.write({"state": "paused"})

    def action_test_connection(self):
        """Ask the other side for a sign of life, with our credentials."""
        self.ensure_one()
        self.check_access("write")
        verdict = self._dms_probe()
        ok = verdict.is_healthy
        return notification(
            verdict.reason or self.env._("The other side is there."),
            good=ok,
            title=self.env._("It answers") if ok else self.env._("No success"),
        )

    def _dms_probe(self):
        """One GET, which changes nothing here: no row is locked while it lasts."""
        try:
            client = self._dms_client(TEST_LIMITS)
        except (UserError, ValueError) as error:
            raise UserError(str(error)) from error
        provider = self._dms_provider()
        return delivery.probe(provider, self.endpoint, client).verdict

    def action_view_outbox(self):
        return self._action_view("dms_base.dms_outbox_message_action")

    def action_view_inbox(self):
        action = self._action_view("dms_base.dms_inbox_message_action")
        if self.activity_search([REFUSED_NOTICE]):
            action["context"] |= {"search_default_unsettled": True}
        return action

    def _action_view(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return action | {
            "domain": [("connector_id", "=", self.id)],
            "context": {"default_connector_id": self.id},
        }

    @api.model
    def _dms_find(self, code, company):
        """Find the connector of a store for a business transaction.

        :return: a connector as superuser: who does business need not see the
            credentials of the store; empty if there is none
        """
        # see above
        return self.sudo().search(
            [("company_id", "=", company.id), ("code", "=", code)], limit=1
        )

    def _dms_send(
        self, kind, payload, record=None, ordering_key=None, idempotency_key=None
    ):
        """Write a message in the transaction of the caller; it leaves after commit.

        :param kind: what it is about, such as ``vehicle.sold``
        :param payload: a JSON value
        :param record: what the message is about, for people
        :param ordering_key: messages with the same key leave in the order of their
            transactions, each after the one before was delivered, or was given up
            and released. Choose it narrow (a VIN): transactions that send with the
            same key wait for each other.
        :param idempotency_key: sending twice with the same key makes one message
            (``delivery.derived_key`` helps); without, each call makes one
        :return: the message, as superuser
        :raise UserError: if the key stands for another content
        """
        self.ensure_one()
        return self.env["dms.outbox.message"]._write_down(
            self,
            {
                "kind": kind,
                "payload": payload,
                "res_model": record and record._name,
                "res_id": record and record.id,
                "ordering_key": ordering_key,
                "idempotency_key": idempotency_key,
            },
        )

    def _dms_provider(self):
        self.ensure_one()
        return delivery.provider(self.provider)

    def _dms_schedule(self):
        self.ensure_one()
        return delivery.RetrySchedule(attempts=self.max_attempts)

    @api.model
    def _dms_guard(self):
        # a parameter of the system that anybody's message has to obey
        text = self.env["ir.config_parameter"].sudo().get_param(NETWORKS) or ""
        try:
            return delivery.AddressGuard.parse(text)
        except ValueError:
            _logger.error("%s cannot be read: no private network is allowed", NETWORKS)
            return delivery.AddressGuard()

    def _dms_client(self, limits=None):
        """:raise ValueError: if the credentials are incomplete or cannot be read"""
        self.ensure_one()
        if self.missing_credentials:
            raise ValueError(
                self.env._("Credentials missing: %s", self.missing_credentials)
            )
        limits = limits or delivery.Limits(
            read_s=self.timeout_s, total_s=self.timeout_s
        )
        return delivery.Client(
            self._dms_credentials(),
            self._dms_guard(),
            limits,
            # a connection that was closed meanwhile leaves the outcome open
            keep_alive=self.may_repeat,
        )

    def _dms_note_verdicts(self, verdicts, now):
        """Tell the breaker what came of some attempts, in their order.

        :param verdicts: list of ``delivery.Verdict``
        :param now: seconds since the epoch
        """
        self.ensure_one()
        before = breaker = self._breaker()
        for verdict in verdicts:
            healthy = verdict.is_healthy
            breaker = breaker.succeeded() if healthy else breaker.failed(now, POLICY)
        if breaker != before:
            self.write(self._prepare_breaker(breaker) | self._prepare_state(breaker))
        failures = [verdict for verdict in verdicts if not verdict.is_healthy]
        if breaker != before and failures:
            self.last_error = failures[-1].reason
            self.last_error_at = fields.Datetime.now()

    def _dms_tell_dead(self):
        """Give somebody the task to look after dead messages: one for all of them."""
        self._dms_tell(DEAD_NOTICE, "dead_notice_at")

    def _dms_tell_refused(self):
        """The same for what came in and could not be taken."""
        self._dms_tell(REFUSED_NOTICE, "refused_notice_at")

    def _dms_tell(self, notice, told_at):
        for record in self:
            if record.activity_search([notice]):
                continue
            # two workers that do this at once: the second begins anew
            record[told_at] = fields.Datetime.now()
            if user := record._dms_caretaker():
                # no mail: the transaction of a worker waits for no mail server
                context = {"mail_activity_quick_update": True, "lang": user.lang}
                record = record.with_context(**context)
                record.activity_schedule(notice, user_id=user.id)

    def _dms_caretaker(self):
        """Return who is responsible, else an administrator of the group."""
        admins = self.env.ref("dms_base.group_dms_group_admin").all_user_ids
        for user in self.user_id | admins.sorted("id"):
            # superuser and robots read everything, and nobody reads their tasks
            is_person = user.active and not user._is_superuser()
            is_staff = is_person and self.company_id in user.company_ids
            if is_staff and self.with_user(user).has_access("read"):
                return user
        return self.env["res.users"]

    def _dms_forget_dead(self):
        """Take the task back where no dead message is left that needs somebody."""
        dead = Domain("state", "=", "dead") & Domain("is_released", "=", False)
        self._dms_forget_task(DEAD_NOTICE, "dms.outbox.message", dead)

    def _dms_forget_refused(self):
        """Take the task back where all that was refused is settled."""
        unsettled = Domain("is_unsettled", "=", True)
        self._dms_forget_task(REFUSED_NOTICE, "dms.inbox.message", unsettled)

    def _dms_forget_task(self, notice, model, domain):
        mine = Domain("connector_id", "in", self.ids)
        left = self.env[model]._read_group(mine & domain, ["connector_id"])
        done = self - self.browse(connector.id for (connector,) in left)
        # whoever decided on the messages did the task, whosesoever it was
        done.sudo().activity_unlink([notice])

    def _prepare_state(self, breaker):
        """A connector that people have paused stays so."""
        if self.state not in ("active", "broken"):
            return {}
        closed = breaker.state is BreakerState.CLOSED
        return {"state": "active" if closed else "broken"}

    @api.model
    def _dms_wake_outbox(self):
        """Let the workers look at the outbox as soon as this transaction is there."""
        pending = self.env.cr.precommit.data
        if "dms_outbox" not in pending:
            pending["dms_outbox"] = True
            self.env.cr.precommit.add(self._trigger_workers)

    @api.model
    def _trigger_workers(self):
        for number in (1, 2):
            name = f"dms_base.ir_cron_outbox_{number}"
            if worker := self.env.ref(name, raise_if_not_found=False):
                worker._trigger()


def _origin(url):
    """:return: scheme, host and port of an address"""
    return tuple(url.strip().lower().split("/", 3)[:3]) if url else ()
