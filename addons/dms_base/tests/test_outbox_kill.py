import threading
import time

from odoo.tests import tagged

from dms_simulator import Fault
from dms_simulator.oem_echo import OemEcho

from .committed import CommittedMessages
from .processes import say_so_far, started

WAIT_S = 60


@tagged("post_install", "-at_install")
class TestKill(CommittedMessages):
    """A worker killed at any point loses nothing, and nothing happens twice.

    Real processes, a real other side: at least once out of here, one effect over there,
    since the other side recognises the key.
    """

    def setUp(self):
        super().setUp()
        self.side = self.enterContext(OemEcho())
        self.connector_id = self.make_connector(endpoint=self.side.url)
        with self.transaction() as env:
            connector = env["dms.connector"].browse(self.connector_id)
            self.message_id = connector._dms_send("vehicle.sold", "once").id
            # the scheduler lets a job rest that was killed three times in a row
            env["ir.cron.progress"].search([]).unlink()

    def _state(self):
        with self.transaction() as env:
            message = env["dms.outbox.message"].browse(self.message_id)
            return message.state, message.attempts

    def _work(self):
        with started("outbox_worker", "2") as worker:
            say_so_far(worker, "done")

    def _let_the_claim_lapse(self):
        with self.transaction() as env:
            env.cr.execute(
                """
                UPDATE dms_outbox_message
                   SET claimed_until = claimed_until - interval '1 day',
                       next_attempt_at = next_attempt_at - interval '1 day'
                """
            )

    def _recover(self):
        """The claim lapses, the next worker finds the message, and sends it."""
        self._let_the_claim_lapse()
        self._work()
        self._let_the_claim_lapse()
        self._work()

    def assertDeliveredOnce(self, calls):
        self.assertEqual(self._state(), ("delivered", 2))
        self.assertEqual(len(self.side.ledger.received), calls)
        self.assertEqual(self.side.ledger.effects, ["once"])

    def test_without_any_kill_one_call_is_enough(self):
        self._work()
        self.assertEqual(self._state(), ("delivered", 1))
        self.assertEqual(self.side.ledger.effects, ["once"])

    def test_killed_before_the_call(self):
        with started("outbox_worker", "1", "before") as worker:
            say_so_far(worker, "stopped")
            worker.kill()
        self.assertEqual(self._state(), ("sending", 1))
        self.assertFalse(self.side.ledger.received)
        self._recover()
        self.assertDeliveredOnce(calls=1)

    def test_killed_during_the_call(self):
        self.side.faults.add(Fault(delay_s=30))
        with started("outbox_worker", "1") as worker:
            self._wait_for_a_call()
            worker.kill()
        self.assertEqual(self._state(), ("sending", 1))
        self._recover()
        self.assertDeliveredOnce(calls=2)

    def test_killed_after_the_call_before_its_result_was_noted(self):
        with started("outbox_worker", "1", "after") as worker:
            say_so_far(worker, "stopped")
            worker.kill()
        self.assertEqual(self._state(), ("sending", 1))
        self.assertEqual(self.side.ledger.effects, ["once"])
        self._recover()
        self.assertDeliveredOnce(calls=2)

    def test_before_the_claim_lapses_no_other_worker_sends_it(self):
        with started("outbox_worker", "1", "before") as worker:
            say_so_far(worker, "stopped")
            self._work()
        self.assertFalse(self.side.ledger.received)

    def test_no_transaction_is_open_during_the_call(self):
        self.side.faults.add(Fault(delay_s=5))
        with started("outbox_worker", "1"):
            self._wait_for_a_call()
            time.sleep(0.5)
            self.assertFalse(self._locks())
            with self.transaction() as env:  # nobody holds the rows
                message = env["dms.outbox.message"].browse(self.message_id)
                message.lock_for_update()
                message.connector_id.lock_for_update()

    def _wait_for_a_call(self):
        end = time.monotonic() + WAIT_S
        while not self.side.ledger.received:
            self.assertLess(time.monotonic(), end, "the worker did not call")
            time.sleep(0.05)

    def _locks(self):
        """:return: what others hold on the tables of the outbox"""
        with self.transaction() as env:
            env.cr.execute(
                """
                SELECT mode FROM pg_locks
                 WHERE pid != pg_backend_pid()
                   AND relation IN ('dms_outbox_message'::regclass,
                                    'dms_connector'::regclass)
                """
            )
            return env.cr.fetchall()


@tagged("post_install", "-at_install")
class TestWorkersTogether(CommittedMessages):
    """Several workers share the work and keep the order."""

    def test_nothing_is_sent_twice_and_each_key_keeps_its_order(self):
        side = self.enterContext(OemEcho())
        connector_id = self.make_connector(endpoint=side.url)
        with self.transaction() as env:
            connector = env["dms.connector"].browse(connector_id)
            for number in range(200):
                key = f"VIN {number % 10}"
                connector._dms_send("x", [key, number], ordering_key=key)
        self._work_in_parallel(3)
        self.assertEqual(len(side.ledger.received), 200)
        for key in range(10):
            of_key = [n for name, n in side.ledger.effects if name == f"VIN {key}"]
            self.assertEqual(of_key, sorted(of_key))
            self.assertEqual(len(of_key), 20)

    def _work_in_parallel(self, count):
        from ..outbox import OutboxWorker

        def work():
            with self.transaction() as env:
                OutboxWorker(env).run()

        threads = [threading.Thread(target=work) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT_S)
            self.assertFalse(thread.is_alive())


@tagged("post_install", "-at_install")
class TestSendTogether(CommittedMessages):
    """Transactions at the same moment."""

    def setUp(self):
        super().setUp()
        self.connector_id = self.make_connector(state="paused")

    def _send(self, env, **options):
        connector = env["dms.connector"].browse(self.connector_id)
        return connector._dms_send("x", 1, **options)

    def test_those_with_one_ordering_key_follow_each_other(self):
        """The later number is not there before the earlier one is committed."""
        with self.transaction() as first:
            self._send(first, ordering_key="VIN 1")
            second = threading.Thread(target=self._send_and_commit, args=["VIN 1"])
            second.start()
            second.join(0.5)
            self.assertTrue(second.is_alive(), "it should wait for the first")
        second.join(WAIT_S)
        self.assertFalse(second.is_alive())

    def test_those_with_different_keys_do_not_wait(self):
        with self.transaction() as first:
            self._send(first, ordering_key="VIN 1")
            second = threading.Thread(target=self._send_and_commit, args=["VIN 2"])
            second.start()
            second.join(WAIT_S)
            self.assertFalse(second.is_alive())

    def _send_and_commit(self, key):
        with self.transaction() as env:
            self._send(env, ordering_key=key)


@tagged("post_install", "-at_install")
class TestWake(CommittedMessages):
    """The scheduler sleeps a minute at a time; a message does not wait for it."""

    def test_a_message_leaves_right_after_its_transaction(self):
        side = self.enterContext(OemEcho())
        connector_id = self.make_connector(endpoint=side.url)
        self._only_the_outbox()
        with started("scheduler") as scheduler:
            say_so_far(scheduler, "ready")
            time.sleep(3)  # it looks once when it starts, then it sleeps
            with self.transaction() as env:
                env["dms.connector"].browse(connector_id)._dms_send("x", "quick")
            start = time.monotonic()
            while not side.ledger.effects and time.monotonic() < start + 30:
                time.sleep(0.05)
        self.assertEqual(side.ledger.effects, ["quick"])
        self.assertLess(time.monotonic() - start, 10)

    def _only_the_outbox(self):
        """Other jobs rest meanwhile; those of the outbox are not due."""
        with self.transaction() as env:
            env.cr.execute(
                """
                UPDATE ir_cron SET active = false
                 WHERE active AND cron_name NOT LIKE 'Outbox%' RETURNING id
                """
            )
            resting = [row[0] for row in env.cr.fetchall()]
            env.cr.execute(
                """
                UPDATE ir_cron SET nextcall = nextcall + interval '1 day'
                 WHERE cron_name LIKE 'Outbox%'
                """
            )
        self.addCleanup(self._wake_the_others, resting)

    def _wake_the_others(self, resting):
        with self.transaction() as env:
            env.cr.execute(
                "UPDATE ir_cron SET active = true WHERE id = ANY(%s)", [resting]
            )
            env.cr.execute(
                """
                UPDATE ir_cron SET nextcall = nextcall - interval '1 day'
                 WHERE cron_name LIKE 'Outbox%'
                """
            )
