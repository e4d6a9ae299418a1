"""The circuit breaker."""

import pytest

from odoo.addons.dms_base.delivery import Breaker, BreakerPolicy, BreakerState

POLICY = BreakerPolicy(threshold=3, first_pause_s=30, longest_pause_s=100)


def failed(breaker: Breaker, times: int, now: float = 0) -> Breaker:
    for _ in range(times):
        breaker = breaker.failed(now, POLICY)
    return breaker


@pytest.fixture
def opened() -> Breaker:
    return failed(Breaker(), 3, now=1000)


class TestClosed:
    def test_lets_all_calls_through(self):
        assert Breaker().slots(now=0, wanted=8) == 8

    def test_stays_so_below_the_threshold(self):
        assert failed(Breaker(), 2).state is BreakerState.CLOSED

    def test_opens_at_the_threshold(self):
        assert failed(Breaker(), 3).state is BreakerState.OPEN

    def test_a_success_in_between_starts_the_count_again(self):
        breaker = failed(failed(Breaker(), 2).succeeded(), 2)
        assert breaker.state is BreakerState.CLOSED

    def test_a_call_that_starts_is_no_probe(self):
        assert Breaker().probing(now=0, patience_s=9) == Breaker()


class TestOpen:
    def test_lets_no_call_through(self, opened):
        assert opened.slots(now=1029.9, wanted=8) == 0

    def test_lets_one_probe_through_after_the_pause(self, opened):
        assert opened.slots(now=1030, wanted=8) == 1

    def test_calls_from_before_change_nothing(self, opened):
        assert opened.failed(1005, POLICY) == opened

    def test_a_success_of_a_call_from_before_closes_it(self, opened):
        assert opened.succeeded() == Breaker()


class TestHalfOpen:
    @pytest.fixture
    def probing(self, opened):
        return opened.probing(now=1030, patience_s=60)

    def test_lets_no_second_call_through(self, probing):
        assert probing.state is BreakerState.HALF_OPEN
        assert probing.slots(now=1031, wanted=8) == 0

    def test_success_closes_it(self, probing):
        assert probing.succeeded() == Breaker()

    def test_failure_opens_it_for_longer(self, probing):
        again = probing.failed(1040, POLICY)
        assert (again.state, again.until) == (BreakerState.OPEN, 1040 + 60)

    def test_a_lost_probe_makes_room_for_the_next(self, probing):
        assert probing.slots(now=1090, wanted=8) == 1

    def test_pauses_grow_to_the_longest(self, opened):
        breaker = opened
        for _ in range(20):
            breaker = breaker.probing(0, 60).failed(0, POLICY)
        assert breaker.until == 100
