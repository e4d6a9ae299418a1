"""How far cars have come, and whose turn it is."""

import pytest

from odoo.addons.dms_vehicle.transfer import (
    STATES,
    STEPS,
    Facts,
    problem,
    stage,
    state_of,
)

KNOWN = {key for key, _label in STATES}
GOOD = [
    ("request", "draft", "asking"),
    ("withdraw", "requested", "asking"),
    ("approve", "requested", "giving"),
    ("refuse", "requested", "giving"),
    ("order", "approved", "giving"),
    ("cancel", "ordered", "asking"),
    ("cancel", "approved", "giving"),
    ("ship", "ordered", "giving"),
    ("receive", "shipped", "asking"),
    ("receive", "ordered", "asking"),
    ("invoice", "received", "giving"),
    ("bill", "received", "asking"),
    ("undo", "invoiced", "asking"),
    ("undo", "shipped", "giving"),
]


class TestSteps:
    @pytest.mark.parametrize(("step", "state", "side"), GOOD)
    def test_possible(self, step, state, side):
        assert problem(step, state, [side]) == ""

    @pytest.mark.parametrize(("step", "state", "side"), GOOD)
    def test_not_by_who_is_no_side(self, step, state, side):
        assert problem(step, state, []) == "side"

    @pytest.mark.parametrize(
        ("step", "side"), [("approve", "asking"), ("receive", "giving")]
    )
    def test_not_by_the_other_side(self, step, side):
        assert problem(step, STEPS[step].states[0], [side]) == "side"

    @pytest.mark.parametrize(
        ("step", "state"),
        [
            ("request", "requested"),
            ("approve", "approved"),
            ("order", "ordered"),
            ("cancel", "shipped"),
            ("undo", "ordered"),
            ("undo", "settled"),
            ("receive", "received"),
        ],
    )
    def test_not_out_of_turn(self, step, state):
        assert problem(step, state, ["asking", "giving"]) == "state"

    def test_every_state_of_a_step_is_known(self):
        assert {state for step in STEPS.values() for state in step.states} <= KNOWN

    @pytest.mark.parametrize("state", ["settled", "refused", "cancelled"])
    def test_at_the_end_no_step_is_left(self, state):
        assert all(problem(step, state, ["asking", "giving"]) for step in STEPS)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "open"),
        ({"ordered": True}, "ordered"),
        ({"ordered": True, "invoiced": True}, "ordered"),
        ({"shipped": True, "ordered": True}, "shipped"),
        ({"received": True, "shipped": True}, "received"),
        ({"received": True, "invoiced": True}, "received"),
        ({"received": True, "invoiced": True, "billed": True}, "invoiced"),
        ({"received": 1, "invoiced": 1, "billed": 1, "paid": 1}, "settled"),
        ({"shipped": True, "invoiced": 1, "billed": 1, "paid": 1}, "shipped"),
        ({"cancelled": True, "shipped": True}, "cancelled"),
    ],
)
def test_stage(facts, expected):
    assert stage(Facts(**facts)) == expected


@pytest.mark.parametrize(
    ("decision", "stages", "expected"),
    [
        ("draft", ["open"], "draft"),
        ("refused", ["open"], "refused"),
        ("approved", [], "approved"),
        ("approved", ["open", "open"], "approved"),
        ("approved", ["shipped", "ordered"], "ordered"),
        ("approved", ["received", "settled"], "received"),
        ("approved", ["cancelled", "settled"], "settled"),
        ("approved", ["cancelled", "cancelled"], "cancelled"),
        ("cancelled", ["received"], "cancelled"),
    ],
)
def test_state(decision, stages, expected):
    assert state_of(decision, stages) == expected
