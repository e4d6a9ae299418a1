"""One run of one worker: claim, call, settle; each a transaction of its own."""

import logging
import time
import uuid
from collections import Counter, defaultdict
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import retrying

from .. import delivery
from . import claim, order
from .job import Job

_logger = logging.getLogger(__name__)

SLOTS = 16
NAP_S = 0.002


class OutboxWorker:
    """Delivers what is due.

    Calls run in threads that know nothing of the database; this thread claims messages
    and notes results, and has no transaction open while it waits for the network. A
    worker killed at any point loses nothing: a message it had claimed is sent again,
    with the same key, when the claim lapses.

    :param env: environment whose cursor the worker commits
    :param slots: calls at the same time
    """

    def __init__(self, env, slots: int = SLOTS):
        self.env = env
        self.slots = slots
        self.token = uuid.uuid4().hex
        self.flying: dict[Future, Job] = {}
        self.clients: dict[tuple, delivery.Client] = {}
        self.seconds_left = float("inf")

    def run(self) -> None:
        """Work until nothing is due, or the time of the cron job is over."""
        self._commit(self._recover)
        with ThreadPoolExecutor(self.slots, "dms-outbox") as pool:
            while True:
                self._launch(pool)
                if not self.flying:
                    break
                landed, _ = wait(self.flying, return_when=FIRST_COMPLETED)
                self._land(landed)
        for client in self.clients.values():
            client.close()
        if self.seconds_left <= 0:
            self.env["ir.cron"]._commit_progress(remaining=1)  # again, soon

    def _launch(self, pool: ThreadPoolExecutor) -> None:
        free = self.slots - len(self.flying)
        if self.seconds_left <= 0 or not free:
            return
        for job in self._commit(self._claim, free):
            self.flying[pool.submit(job.run)] = job

    def _land(self, landed) -> None:
        results = [(self.flying.pop(future), future.result()) for future in landed]
        self._commit(self._settle, results, processed=len(results))

    def _commit(self, step, *arguments, processed: int = 0):
        """Run a short transaction to its end, again if another one got in between."""

        def whole():
            outcome = step(*arguments)
            self.seconds_left = self.env["ir.cron"]._commit_progress(processed)
            return outcome

        return retrying(whole, self.env)

    # ------------------------------------------------------------
    # Transactions
    # ------------------------------------------------------------

    def _recover(self) -> None:
        """Put back what killed workers have left; nobody knows whether it arrived."""
        order.let_forgotten_go(self.env)
        lapsed = self.env["dms.outbox.message"].search(
            [("state", "=", "sending"), ("claimed_until", "<", fields.Datetime.now())]
        )
        reason = self.env._("The worker was stopped during the call")
        verdict = delivery.Verdict(delivery.Outcome.UNKNOWN, reason)
        for message in lapsed.try_lock_for_update():
            message._settle(delivery.Result(verdict), time.time())

    def _claim(self, wanted: int) -> list[Job]:
        now = fields.Datetime.now()
        while not claim.may_claim(self.env):
            self.env["ir.cron"]._commit_progress()  # leaves the lock to others
            time.sleep(NAP_S)
        quotas = self._quotas(claim.waiting_connectors(self.env, now), wanted)
        chosen = claim.candidates(self.env, quotas, wanted, now) if quotas else []
        taken = claim.take(self.env, chosen, self.token, now) if chosen else []
        messages = self.env["dms.outbox.message"].browse(taken)
        messages.invalidate_recordset()
        self._note_probes(messages)
        return [self._job(message) for message in messages]

    def _quotas(self, connector_ids: list[int], wanted: int) -> dict[int, int]:
        """Keep a quarter of the slots from each connector: others wait, too."""
        flying = Counter(job.connector_id for job in self.flying.values())
        quotas = {}
        for connector in self.env["dms.connector"].browse(connector_ids):
            share = self.slots - self.slots // 4 - flying[connector.id]
            slots = connector._breaker().slots(time.time(), min(wanted, share))
            if slots > 0:
                quotas[connector.id] = slots
        return quotas

    def _note_probes(self, messages) -> None:
        for connector in messages.connector_id:
            before = connector._breaker()
            patience = connector.timeout_s + claim.LEASE_MARGIN_S
            probing = before.probing(time.time(), patience)
            if probing != before:
                connector.write(connector._prepare_breaker(probing))

    def _settle(self, results: list[tuple[Job, delivery.Result]]) -> None:
        """Note results, unless a claim lapsed meanwhile and the message moved on."""
        now = time.time()
        result_of = {job.message_id: result for job, result in results}
        mine = self._still_mine(list(result_of))
        for message in mine:
            message._settle(result_of[message.id], now)
        self._let_next_go(mine)
        verdicts = defaultdict(list)
        for job, result in results:
            verdicts[job.connector_id].append(result.verdict)
        for connector in self.env["dms.connector"].browse(verdicts):
            connector._dms_note_verdicts(verdicts[connector.id], now)

    def _let_next_go(self, messages) -> None:
        done = messages.filtered(lambda m: m.ordering_key and m.state == "delivered")
        if done:
            order.let_next_go(self.env, done.ids)

    def _still_mine(self, ids: list[int]):
        domain = Domain("id", "in", ids) & Domain("claim", "=", self.token)
        return self.env["dms.outbox.message"].search(domain)

    # ------------------------------------------------------------
    # From records to values
    # ------------------------------------------------------------

    def _job(self, message) -> Job:
        """One that cannot be sent is a job, too: it fails and keeps no other back."""
        connector = message.connector_id
        content = delivery.Message(
            message.kind,
            message._data(),
            message.idempotency_key,
            connector.account or "",
        )
        try:
            provider, client = connector._dms_provider(), self._client(connector)
        except (LookupError, UserError, ValueError) as error:
            _logger.warning("connector %s: %s", connector.id, error)
            return Job(message.id, connector.id, content, problem=str(error))
        return Job(
            message.id, connector.id, content, connector.endpoint, provider, client
        )

    def _client(self, connector) -> delivery.Client:
        """:return: a client, kept while the connector stays as it is"""
        key = (connector.id, connector.write_date)
        if key not in self.clients:
            self.clients[key] = connector._dms_client()
        return self.clients[key]
