from odoo import fields
from odoo.tests import tagged

from dms_simulator import Fault

from ..outbox import claim
from .test_outbox import OutboxCommon


@tagged("post_install", "-at_install")
class TestOrder(OutboxCommon):
    """Messages of one ordering key leave in their order."""

    def test_one_after_the_other(self):
        for number in range(20):
            self.send(number, ordering_key="VIN 1")
        self.deliver()
        self.assertEqual(self.side.ledger.effects, list(range(20)))

    def test_a_later_one_waits_while_an_earlier_one_is_not_delivered(self):
        first = self.send(1, ordering_key="VIN 1")
        second = self.send(2, ordering_key="VIN 1")
        self.side.faults.add(Fault(status=503))
        self.deliver()
        self.assertEqual((first.state, second.attempts), ("waiting", 0))
        self.let_time_pass(first)
        self.deliver()
        self.assertEqual(self.side.ledger.effects, [1, 2])

    def test_other_keys_do_not_wait(self):
        self.send(1, ordering_key="VIN 1")
        self.side.faults.add(Fault(status=503))
        self.deliver()
        self.send(2, ordering_key="VIN 2")
        self.send(3)
        self.deliver()
        self.assertCountEqual(self.side.ledger.effects, [2, 3])

    def test_a_dead_one_holds_those_behind_it_until_it_is_released(self):
        first = self.send(1, ordering_key="VIN 1")
        self.send(2, ordering_key="VIN 1")
        self.side.faults.add(Fault(status=422))
        self.deliver()
        self.assertEqual(first.state, "dead")
        self.assertFalse(self.side.ledger.effects)
        first.with_user(self.admin).action_release()
        self.deliver()
        self.assertEqual(self.side.ledger.effects, [2])

    def test_a_dead_one_that_is_replayed_goes_first(self):
        first = self.send(1, ordering_key="VIN 1")
        self.send(2, ordering_key="VIN 1")
        self.side.faults.add(Fault(status=422))
        self.deliver()
        first.with_user(self.admin).action_replay()
        self.deliver()
        self.assertEqual(self.side.ledger.effects, [1, 2])

    def test_only_dead_ones_are_released(self):
        message = self.send(1, ordering_key="VIN 1")
        message.with_user(self.admin).action_release()
        self.assertFalse(message.is_released)

    def test_only_the_first_of_a_key_is_not_held(self):
        """Workers pass by those that are held without looking at each."""
        messages = [self.send(number, ordering_key="VIN 1") for number in range(3)]
        others = [self.send(4, ordering_key="VIN 2"), self.send(5)]
        held = [message.is_held for message in (*messages, *others)]
        self.assertEqual(held, [False, True, True, False, False])

    def test_whoever_is_done_lets_the_next_go(self):
        first = self.send(1, ordering_key="VIN 1")
        second = self.send(2, ordering_key="VIN 1")
        third = self.send(3, ordering_key="VIN 1")
        self.side.faults.add(Fault(), Fault(status=503))
        self.deliver()
        self.assertEqual((first.state, second.attempts), ("delivered", 1))
        self.assertEqual((second.is_held, third.is_held), (False, True))

    def test_a_failure_lets_nobody_go(self):
        self.send(1, ordering_key="VIN 1")
        second = self.send(2, ordering_key="VIN 1")
        self.side.faults.add(Fault(status=422))
        self.deliver()
        self.assertTrue(second.is_held)

    def test_one_that_was_held_in_vain_goes_with_the_next_run(self):
        """Its writer still saw a message that a worker had just delivered."""
        first = self.send(1, ordering_key="VIN 1")
        self.deliver()
        second = self.send(2, ordering_key="VIN 1")
        third = self.send(3, ordering_key="VIN 1")
        other = self.send(4, ordering_key="VIN 2")
        (second | other).is_held = True
        self.deliver()
        self.assertEqual(
            set((first | second | third | other).mapped("state")), {"delivered"}
        )
        effects = self.side.ledger.effects
        self.assertLess(effects.index(2), effects.index(3))

    def test_one_that_is_not_held_waits_all_the_same(self):
        """Its writer did not see yet what was before it."""
        self.send(1, ordering_key="VIN 1")
        second = self.send(2, ordering_key="VIN 1")
        second.is_held = False
        self.side.faults.add(Fault(status=503))
        self.deliver()
        self.assertEqual(second.attempts, 0)

    def test_a_connector_with_held_messages_alone_is_not_looked_at(self):
        first = self.send(1, ordering_key="VIN 1")
        self.send(2, ordering_key="VIN 1")
        first.state = "dead"
        self.env.flush_all()
        now = fields.Datetime.now()
        self.assertNotIn(self.maker.id, claim.waiting_connectors(self.env, now))
