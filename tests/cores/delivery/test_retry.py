"""When a message is tried again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.delivery import RetrySchedule
from odoo.addons.dms_base.delivery.retry_after import seconds

SCHEDULE = RetrySchedule(first_s=5, factor=2, longest_s=60, attempts=4)


class TestPause:
    @pytest.mark.parametrize(
        ("attempts", "ceiling"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (99, 60)]
    )
    def test_doubles_up_to_the_longest(self, attempts, ceiling):
        assert SCHEDULE.ceiling_s(attempts) == ceiling

    @given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
    def test_jitter_is_full(self, attempts, chance):
        pause = SCHEDULE.pause_s(attempts, chance=lambda: chance)
        assert pause == SCHEDULE.ceiling_s(attempts) * chance

    def test_two_senders_do_not_come_at_the_same_moment(self):
        assert len({SCHEDULE.pause_s(5) for _ in range(100)}) > 90

    @given(st.floats(0, 3600), st.integers(1, 50))
    def test_never_earlier_than_asked_for(self, wish, attempts):
        assert SCHEDULE.pause_s(attempts, retry_after_s=wish) >= wish

    def test_those_who_were_told_to_wait_do_not_come_all_at_once(self):
        assert SCHEDULE.pause_s(1, 30, chance=lambda: 0.5) == 32.5

    def test_no_answer_puts_a_message_off_for_ever(self):
        assert SCHEDULE.pause_s(1, 1e12, chance=lambda: 0) == 86400

    def test_ends_after_the_last_attempt(self):
        assert [SCHEDULE.is_exhausted(n) for n in (3, 4, 5)] == [False, True, True]


class TestRetryAfter:
    NOW = 1_700_000_000.0

    def test_seconds(self):
        assert seconds("120", self.NOW) == 120

    def test_date(self):
        # 1700000000 is 2023-11-14 22:13:20 UTC
        assert seconds("Tue, 14 Nov 2023 22:14:20 GMT", self.NOW) == 60

    def test_a_date_that_has_passed_is_now(self):
        assert seconds("Tue, 14 Nov 2023 22:00:00 GMT", self.NOW) == 0

    @pytest.mark.parametrize("value", [None, "", "soon", "-5", "1.5", "٣", "Tue, 99"])
    def test_what_cannot_be_read_is_no_wish(self, value):
        assert seconds(value, self.NOW) is None
