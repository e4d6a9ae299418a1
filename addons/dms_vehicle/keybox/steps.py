"""What can happen to a key, from where."""

from typing import Final

# step: (states it may start from, state it leads to)
STEPS: Final = {
    "take": (("cabinet",), "out"),
    "return": (("out", "customer"), "cabinet"),
    "hand_over": (("cabinet", "out"), "customer"),
    "lose": (("cabinet", "out"), "lost"),
    "find": (("lost",), "cabinet"),
}
_REFUSALS: Final = {
    "cabinet": "is_here",
    "out": "is_out",
    "customer": "with_customer",
    "lost": "is_lost",
}


def step_problem(step: str, state: str) -> str:
    """:return: ``""`` if a key in this state may take the step, else where it is:
    ``is_here``, ``is_out``, ``with_customer`` or ``is_lost``
    """
    starts, _target = STEPS[step]
    return "" if state in starts else _REFUSALS[state]


def after(step: str) -> str:
    """:return: the state that the step leads to"""
    return STEPS[step][1]
