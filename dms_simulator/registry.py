"""Simulators by name."""

from collections.abc import Callable
from typing import TypeVar

S = TypeVar("S", bound=type)

_simulators: dict[str, type] = {}


def register(name: str) -> Callable[[S], S]:
    """Make a simulator known to ``python -m dms_simulator``."""

    def add(simulator: S) -> S:
        if name in _simulators:
            raise ValueError(f"there is a simulator {name} already")
        _simulators[name] = simulator
        return simulator

    return add


def simulator(name: str) -> type:
    """:raise LookupError: with the names there are"""
    if name not in _simulators:
        raise LookupError(f"no simulator {name}; there are: {', '.join(names())}")
    return _simulators[name]


def names() -> list[str]:
    return sorted(_simulators)
