from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from dms_simulator import Fault

from .test_outbox import OutboxCommon


@tagged("post_install", "-at_install")
class TestHistory(OutboxCommon):
    """A message tells what each attempt came to."""

    def test_an_attempt_is_kept_with_time_outcome_status_and_duration(self):
        message = self.send()
        self.side.faults.add(Fault(delay_s=0.1))
        self.deliver()
        (entry,) = message.history
        self.assertEqual((entry["outcome"], entry["status"]), ("delivered", 200))
        self.assertGreaterEqual(entry["ms"], 100)
        began = fields.Datetime.to_datetime(entry["at"])
        self.assertLess(fields.Datetime.now() - began, timedelta(minutes=1))

    def test_attempts_are_kept_in_their_order(self):
        message = self.send()
        self.side.faults.add(Fault(status=503), Fault(drop="after"))
        for _attempt in range(3):
            self.deliver()
            self.let_time_pass(message)
        outcomes = [entry["outcome"] for entry in message.history]
        self.assertEqual(outcomes, ["retry", "unknown", "delivered"])
        self.assertEqual(message.history[0]["reason"], "HTTP 503")
        self.assertIsNone(message.history[1]["status"])

    def test_a_replay_begins_no_new_history(self):
        message = self.send()
        self.side.faults.add(Fault(status=422))
        self.deliver()
        message.with_user(self.admin).action_replay()
        self.deliver()
        self.assertEqual((message.attempts, len(message.history)), (1, 2))

    def test_only_the_last_fifty_are_kept(self):
        message = self.send()
        message.history = [{"at": "2026-11-24 10:00:00", "ms": n} for n in range(50)]
        self.deliver()
        self.assertEqual(len(message.history), 50)
        self.assertEqual(message.history[0]["ms"], 1)
        self.assertEqual(message.history[-1]["outcome"], "delivered")

    def test_people_read_it_newest_first_in_their_words(self):
        message = self.send()
        self.side.faults.add(Fault(status=503))
        self.deliver()
        self.let_time_pass(message)
        self.deliver()
        table = message.with_user(self.admin).history_table
        self.assertLess(table.index("Delivered"), table.index("had no effect"))
        self.assertIn("HTTP 503", table)

    def test_what_the_other_side_says_is_no_markup(self):
        message = self.send()
        message.history = [
            {
                "at": "2026-11-24 10:00:00",
                "outcome": "retry",
                "status": 500,
                "ms": 1,
                "reason": "<script>",
            }
        ]
        self.assertIn("&lt;script&gt;", message.history_table)

    def test_before_the_first_attempt_there_is_none(self):
        self.assertFalse(self.send().history_table)
