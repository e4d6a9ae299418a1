"""What can happen to a key, from where."""

from collections.abc import Iterable
from typing import Final

# step: (states it may start from, state it leads to)
STEPS: Final = {
    "take": (("cabinet",), "out"),
    "return": (("out", "customer"), "cabinet"),
    "hand_over": (("cabinet", "out", "coming"), "customer"),
    "lose": (("cabinet", "out"), "lost"),
    "find": (("lost",), "cabinet"),
    # with its car from another store: what was sent is not yet what has come
    "arrive": (("cabinet", "customer"), "coming"),
    "take_in": (("coming",), "cabinet"),
    "miss": (("coming",), "lost"),
}
_REFUSALS: Final = {
    "cabinet": "is_here",
    "out": "is_out",
    "customer": "with_customer",
    "lost": "is_lost",
    "coming": "is_coming",
}


def step_problem(step: str, state: str) -> str:
    """:return: ``""`` if a key in this state may take the step, else where it is:
    ``is_here``, ``is_out``, ``with_customer``, ``is_lost`` or ``is_coming``
    """
    starts, _target = STEPS[step]
    return "" if state in starts else _REFUSALS[state]


def arrival(steps: Iterable[str]) -> str:
    """Return what the store that sent a key knows of it, by the steps taken since.

    :return: ``awaited``, ``missing`` or ``arrived``

    >>> arrival(["arrive", "miss"])
    'missing'
    """
    steps = set(steps)
    if steps - {"arrive", "miss"}:
        return "arrived"
    return "missing" if "miss" in steps else "awaited"


def after(step: str) -> str:
    """:return: the state that the step leads to"""
    return STEPS[step][1]
