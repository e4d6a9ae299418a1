"""A key is at one place at a time."""

import pytest

from odoo.addons.dms_vehicle.keybox import STEPS, after, step_problem

STATES = {"cabinet", "out", "customer", "lost"}


@pytest.mark.parametrize(
    ("step", "start", "end"),
    [
        ("take", "cabinet", "out"),
        ("return", "out", "cabinet"),
        ("return", "customer", "cabinet"),
        ("hand_over", "cabinet", "customer"),
        ("hand_over", "out", "customer"),
        ("lose", "cabinet", "lost"),
        ("lose", "out", "lost"),
        ("find", "lost", "cabinet"),
    ],
)
def test_where_steps_lead(step, start, end):
    assert step_problem(step, start) == ""
    assert after(step) == end


@pytest.mark.parametrize(
    ("step", "state", "why"),
    [
        ("take", "out", "is_out"),
        ("take", "lost", "is_lost"),
        ("take", "customer", "with_customer"),
        ("return", "cabinet", "is_here"),
        ("return", "lost", "is_lost"),
        ("hand_over", "customer", "with_customer"),
        ("hand_over", "lost", "is_lost"),
        ("lose", "customer", "with_customer"),
        ("find", "out", "is_out"),
    ],
)
def test_what_cannot_be_says_where_the_key_is(step, state, why):
    assert step_problem(step, state) == why


def test_no_step_leads_to_where_it_starts():
    for step, (starts, end) in STEPS.items():
        assert end not in starts, step
        assert {*starts, end} <= STATES


def test_from_every_state_there_is_a_way_on():
    for state in STATES:
        assert any(not step_problem(step, state) for step in STEPS)
