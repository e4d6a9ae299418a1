import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from dms_simulator import Fault

from ..delivery import derived_key, register
from ..delivery.http_json import HttpJson
from ..delivery.registry import _providers
from .connectors import ConnectorCommon

LATER = timedelta(days=2)


class OutboxCommon(ConnectorCommon):
    def setUp(self):
        super().setUp()
        self.side = self.oem()
        self.maker = self.connector(self.side.url, account="D042")

    def send(self, payload=1, **options):
        return self.maker._dms_send("vehicle.sold", payload, **options)

    def let_time_pass(self, messages):
        """What was to be tried later is due."""
        for message in messages.filtered(lambda m: m.state == "waiting"):
            message.next_attempt_at -= LATER


@tagged("post_install", "-at_install")
class TestSend(OutboxCommon):
    """A message is written with the business it is about, and only with it."""

    def test_a_message_waits_with_a_key_of_its_own(self):
        first, second = self.send(), self.send()
        self.assertEqual(first.state, "waiting")
        self.assertNotEqual(first.idempotency_key, second.idempotency_key)

    def test_it_belongs_to_the_store_of_its_connector(self):
        self.assertEqual(self.send().company_id, self.store_a1)

    def test_it_knows_what_it_is_about(self):
        message = self.send(record=self.store_a1.partner_id)
        action = message.action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("res.partner", self.store_a1.partner_id.id),
        )

    def test_what_is_undone_was_never_said(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.send()
            raise ZeroDivisionError
        self.deliver()
        self.assertFalse(self.side.ledger.received)

    def test_the_same_key_is_the_same_message(self):
        key = derived_key("sold", 7)
        first = self.send({"vin": "A"}, idempotency_key=key)
        self.assertEqual(self.send({"vin": "A"}, idempotency_key=key), first)

    def test_a_key_does_not_stand_for_two_contents(self):
        key = derived_key("sold", 7)
        self.send({"vin": "A"}, idempotency_key=key)
        with self.assertRaises(UserError):
            self.send({"vin": "B"}, idempotency_key=key)

    def test_another_connector_has_its_own_keys(self):
        other = self.connector(code="bank")
        first = self.send(idempotency_key="k-1")
        self.assertNotEqual(other._dms_send("x", 1, idempotency_key="k-1"), first)

    def test_workers_are_woken_once_per_transaction(self):
        before = self.env["ir.cron.trigger"].search_count([])
        for number in range(5):
            self.send(number)
        self.env.cr.precommit.run()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), before + 2)

    def test_a_message_costs_two_queries_and_a_transaction_four(self):
        """Line up and insert; at the end, wake two workers."""
        self.send()
        self.env.flush_all()
        with self.assertQueryCount(10 * 2 + 4):
            for number in range(10):
                self.send(number, ordering_key="VIN")


@tagged("post_install", "-at_install")
class TestDeliver(OutboxCommon):
    """What is due leaves."""

    def test_a_message_arrives_with_key_kind_and_account(self):
        message = self.send({"vin": "LSV1", "车": None})
        self.deliver()
        self.assertEqual(self.side.ledger.effects, [{"vin": "LSV1", "车": None}])
        received = self.side.ledger.received[0]
        self.assertEqual(received.header("Idempotency-Key"), message.idempotency_key)
        self.assertIn(b'"account":"D042"', received.body)
        self.assertIn(b'"kind":"vehicle.sold"', received.body)

    def test_it_is_noted_with_the_answer(self):
        message = self.send()
        self.deliver()
        self.assertRecordValues(
            message,
            [{"state": "delivered", "attempts": 1, "last_status": 200, "claim": False}],
        )
        self.assertTrue(message.delivered_at)
        self.assertIn("OEM-000001", message.last_answer)

    def test_a_backlog_leaves_in_one_run(self):
        for number in range(50):
            self.send(number)
        self.deliver()
        self.assertCountEqual(self.side.ledger.effects, range(50))

    def test_nothing_leaves_before_its_time(self):
        self.send().next_attempt_at += LATER
        self.deliver()
        self.assertFalse(self.side.ledger.received)

    def test_a_connector_that_is_not_active_keeps_its_messages(self):
        for state in ("draft", "paused"):
            self.maker.state = state
            message = self.send()
            self.deliver()
            self.assertEqual(message.state, "waiting")
            self.assertFalse(self.side.ledger.received)
        self.maker.action_activate()
        self.deliver()
        self.assertEqual(len(self.side.ledger.effects), 2)

    def test_one_other_side_that_is_down_keeps_nobody_else_waiting(self):
        with self.connectors_to_nowhere(code="down") as down:
            for number in range(20):
                down._dms_send("x", number)
            self.send("through")
            self.deliver()
        self.assertEqual(self.side.ledger.effects, ["through"])

    def test_delivered_messages_are_forgotten_after_half_a_year(self):
        old, young, dead = self.send(1), self.send(2), self.send(3)
        self.deliver()
        old.delivered_at -= timedelta(days=181)
        dead.write({"state": "dead", "delivered_at": False})
        self.env["dms.outbox.message"]._gc_delivered()
        self.assertFalse(old.exists())
        self.assertTrue((young | dead).exists() == young | dead)


@tagged("post_install", "-at_install")
class TestKeep(OutboxCommon):
    """A provider may keep what the other side answered."""

    def setUp(self):
        super().setUp()
        self.problems = problems = []

        @register("test_keeper", "Keeper of a test")
        class Keeper(HttpJson):
            def delivered(self, message, answer):
                message.connector_id.account = json.loads(answer.body)["number"]
                if problems:
                    raise problems.pop()

        self.addCleanup(_providers.pop, "test_keeper")
        self.maker.provider = "test_keeper"

    def test_it_is_kept(self):
        self.send()
        self.deliver()
        self.assertEqual(self.maker.account, "OEM-000001")

    @mute_logger("odoo.addons.dms_base.models.dms_outbox_message")
    def test_what_cannot_be_kept_is_said_and_not_sent_again(self):
        self.problems.append(ValueError("no number"))
        message = self.send()
        self.deliver()
        self.assertEqual(
            (message.state, message.last_error), ("delivered", "no number")
        )
        self.assertEqual(self.maker.account, "D042")

    def test_it_is_kept_though_another_transaction_was_in_between(self):
        self.problems.append(ConcurrencyError("another one"))
        self.send()
        self.deliver()
        self.assertEqual(self.maker.account, "OEM-000001")
        self.assertEqual(len(self.side.ledger.received), 1)


@tagged("post_install", "-at_install")
class TestFailure(OutboxCommon):
    """What fails is tried again, given up, and replayed."""

    def test_a_failure_is_tried_again_with_the_same_key(self):
        message = self.send()
        self.side.faults.add(Fault(status=503))
        self.deliver()
        self.assertRecordValues(
            message, [{"state": "waiting", "attempts": 1, "last_error": "HTTP 503"}]
        )
        self.let_time_pass(message)
        self.deliver()
        self.assertEqual((message.state, message.attempts), ("delivered", 2))
        keys = [r.header("Idempotency-Key") for r in self.side.ledger.received]
        self.assertEqual(keys, [message.idempotency_key] * 2)

    def test_an_answer_that_got_lost_has_one_effect(self):
        message = self.send("once")
        self.side.faults.add(Fault(drop="after"))
        self.deliver()
        self.let_time_pass(message)
        self.deliver()
        self.assertEqual(message.state, "delivered")
        self.assertEqual(len(self.side.ledger.received), 2)
        self.assertEqual(self.side.ledger.effects, ["once"])

    def test_it_waits_as_long_as_it_was_asked_to(self):
        message = self.send()
        self.side.faults.add(Fault(status=429, headers=(("Retry-After", "600"),)))
        self.deliver()
        wait = message.next_attempt_at - fields.Datetime.now()
        self.assertGreater(wait, timedelta(minutes=9))

    def test_a_refusal_is_final(self):
        message = self.send()
        self.side.faults.add(Fault(status=422))
        self.deliver()
        self.assertRecordValues(message, [{"state": "dead", "last_status": 422}])

    def test_it_is_given_up_after_the_last_attempt(self):
        self.maker.max_attempts = 2
        message = self.send()
        self.side.faults.last(Fault(status=503))
        self.deliver()
        self.assertEqual(message.state, "waiting")
        self.let_time_pass(message)
        self.deliver()
        self.assertEqual((message.state, message.attempts), ("dead", 2))

    def test_where_repeats_are_not_safe_an_open_outcome_is_left_to_people(self):
        self.maker.may_repeat = False
        message = self.send()
        self.side.faults.add(Fault(drop="after"))
        self.deliver()
        self.assertEqual(message.state, "dead")

    def test_where_repeats_are_not_safe_a_sure_failure_is_tried_again(self):
        self.maker.may_repeat = False
        message = self.send()
        self.side.faults.add(Fault(status=503))
        self.deliver()
        self.assertEqual(message.state, "waiting")

    def test_dead_messages_are_replayed_together(self):
        messages = self.send(1) | self.send(2)
        self.side.faults.add(Fault(status=422), Fault(status=422))
        self.deliver()
        self.assertEqual(set(messages.mapped("state")), {"dead"})
        messages.with_user(self.admin).action_replay()
        self.deliver()
        self.assertEqual(set(messages.mapped("state")), {"delivered"})
        self.assertCountEqual(self.side.ledger.effects, [1, 2])

    def test_who_decides_on_messages_is_noted(self):
        message = self.send(ordering_key="VIN 1")
        message.state = "dead"
        message.with_user(self.admin).action_release()
        message.with_user(self.admin).action_replay()
        self.env.cr.precommit.run()
        entries = self.env["dms.audit.entry"].search(
            [("model", "=", message._name), ("res_id", "=", message.id)], order="id"
        )
        self.assertEqual(entries.user_id, self.admin)
        decisions = [entry.changes["decision"][1] for entry in entries]
        self.assertEqual(decisions, ["release", "replay"])

    def test_replaying_touches_no_delivered_message(self):
        message = self.send()
        self.deliver()
        message.with_user(self.admin).action_replay()
        self.assertEqual(message.state, "delivered")

    def test_an_impatient_person_does_not_wait_for_the_next_attempt(self):
        message = self.send()
        self.side.faults.add(Fault(status=503))
        self.deliver()
        message.with_user(self.admin).action_send_now()
        self.deliver()
        self.assertEqual(message.state, "delivered")

    @mute_logger("odoo.addons.dms_base.outbox.worker")
    def test_a_provider_that_is_gone_harms_no_other_message(self):
        gone = self.connector(self.side.url, code="gone")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dms_connector SET provider = 'gone' WHERE id = %s", [gone.id]
        )
        lost, good = gone._dms_send("x", 1), self.send("good")
        self.deliver()
        self.assertEqual((lost.state, good.state), ("waiting", "delivered"))
        self.assertIn("gone", lost.last_error)

    @mute_logger("odoo.addons.dms_base.delivery.attempts")
    def test_a_provider_that_fails_harms_no_other_message(self):
        odd = self.connector(self.side.url, code="odd", provider="webhook")
        bad = odd._dms_send("x", 1)
        bad.kind = "line\nfeed"  # no header can hold it
        good = self.send("good")
        self.deliver()
        self.assertEqual(bad.state, "waiting")
        self.assertEqual(good.state, "delivered")


@tagged("post_install", "-at_install")
class TestReasons(OutboxCommon):
    """The list says why a message waits."""

    def test_each_reason_has_its_words(self):
        self.maker.state = "paused"
        first = self.send(1, ordering_key="VIN 1")
        second = self.send(2, ordering_key="VIN 1")
        self.assertIn("not active", first.waits_for)
        self.maker.state = "active"
        self.env.invalidate_all()
        self.assertIn("in a moment", first.waits_for)
        self.assertIn(str(first.id), second.waits_for)
        first.next_attempt_at += LATER
        self.assertIn("next attempt", first.waits_for)
        self.maker.write({"state": "broken", "breaker_state": "open"})
        self.env.invalidate_all()
        self.assertIn("fails", first.waits_for)
        first.state = "dead"
        self.assertIn("Replay or release", first.waits_for)

    def test_a_delivered_one_waits_for_nothing(self):
        message = self.send()
        self.deliver()
        self.assertFalse(message.waits_for)
        self.assertFalse(message.waiting_hours)

    def test_a_list_of_hundred_asks_twice_at_most(self):
        for number in range(100):
            self.send(number, ordering_key="VIN 1")
        messages = self.env["dms.outbox.message"].search([])
        self.env.invalidate_all()
        messages.mapped("state")
        self.maker.mapped("state")
        with self.assertQueryCount(2):
            messages.mapped("waits_for")


@tagged("post_install", "-at_install")
class TestBreaker(OutboxCommon):
    """A side that fails is left alone, and asked from time to time."""

    def setUp(self):
        super().setUp()
        self.side.faults.last(Fault(status=503))
        self.messages = self.env["dms.outbox.message"]
        for number in range(40):
            self.messages |= self.send(number)

    def _break(self):
        self.deliver()
        self.assertEqual(
            (self.maker.state, self.maker.breaker_state), ("broken", "open")
        )

    def _end_the_pause(self):
        self.let_time_pass(self.messages)
        self.maker.breaker_until = fields.Datetime.now()

    def test_it_opens_after_some_failures(self):
        self._break()
        # twelve were on their way, and four failed before the fifth
        self.assertLessEqual(len(self.side.ledger.received), 12 + 4)
        self.assertEqual(self.maker.last_error, "HTTP 503")

    def test_while_it_is_open_nothing_is_sent(self):
        self._break()
        before = len(self.side.ledger.received)
        self.let_time_pass(self.messages)
        self.deliver()
        self.assertEqual(len(self.side.ledger.received), before)

    def test_after_the_pause_one_message_is_sent(self):
        self._break()
        before = len(self.side.ledger.received)
        self._end_the_pause()
        self.deliver()
        self.assertEqual(len(self.side.ledger.received), before + 1)
        self.assertEqual(self.maker.breaker_state, "open")
        self.assertEqual(self.maker.breaker_trips, 2)

    def test_the_first_success_lets_all_go(self):
        self._break()
        self._end_the_pause()
        self.side.faults.clear()
        self.deliver()
        self.assertEqual(
            (self.maker.state, self.maker.breaker_state), ("active", "closed")
        )
        self.assertEqual(set(self.messages.mapped("state")), {"delivered"})

    def test_refused_messages_do_not_open_it(self):
        self.side.faults.last(Fault(status=422))
        self.deliver()
        self.assertEqual(self.maker.breaker_state, "closed")
        self.assertEqual(set(self.messages.mapped("state")), {"dead"})

    def test_a_person_may_close_it(self):
        self._break()
        self.side.faults.clear()
        self.let_time_pass(self.messages)
        self.maker.with_user(self.admin).action_activate()
        self.deliver()
        self.assertEqual(set(self.messages.mapped("state")), {"delivered"})

    def test_a_pause_made_by_people_outlasts_it(self):
        self.maker.state = "paused"
        self.maker._dms_note_verdicts([], now=0)
        self.assertEqual(self.maker.state, "paused")


@tagged("post_install", "-at_install")
class TestLapse(OutboxCommon):
    """What a killed worker has left is sent again."""

    def _leave_behind(self, until, **vals):
        message = self.send()
        message.write(
            {"state": "sending", "attempts": 1, "claim": "gone", "claimed_until": until}
            | vals
        )
        return message

    def test_not_before_the_claim_lapses(self):
        now = fields.Datetime.now()
        message = self._leave_behind(now + timedelta(minutes=1))
        self.deliver()
        self.assertEqual(message.state, "sending")

    def test_after_that_it_is_tried_again(self):
        message = self._leave_behind(fields.Datetime.now() - timedelta(seconds=1))
        self.deliver()
        self.assertIn(message.state, ("waiting", "delivered"))
        self.let_time_pass(message)
        self.deliver()
        self.assertEqual(message.state, "delivered")
        self.assertEqual(message.attempts, 2)

    def test_where_repeats_are_not_safe_people_decide(self):
        self.maker.may_repeat = False
        message = self._leave_behind(fields.Datetime.now() - timedelta(seconds=1))
        self.deliver()
        self.assertEqual(message.state, "dead")
        self.assertFalse(self.side.ledger.received)

    def test_a_result_that_comes_after_the_claim_lapsed_changes_nothing(self):
        from ..outbox import OutboxWorker

        message = self._leave_behind(fields.Datetime.now() + timedelta(minutes=1))
        worker = OutboxWorker(self.env)
        self.assertFalse(worker._still_mine(message.ids))
        message.claim = worker.token
        self.assertEqual(worker._still_mine(message.ids), message)


@tagged("post_install", "-at_install")
class TestTime(OutboxCommon):
    def test_the_next_attempt_is_never_in_the_past(self):
        message = self.send()
        self.side.faults.add(Fault(status=503))
        with freeze_time("2026-11-24 10:00:00"):
            message.next_attempt_at = fields.Datetime.now()
            self.deliver()
            self.assertGreater(message.next_attempt_at, fields.Datetime.now())
