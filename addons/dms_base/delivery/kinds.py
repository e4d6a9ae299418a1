"""Kinds of events, such as ``vehicle.received``, and patterns of them."""

import re

_PATTERN = re.compile(r"\*|[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?")


def split(text: str) -> list[str]:
    """Read patterns from people's input.

    :param text: such as ``vehicle.*, order.confirmed``
    :raise ValueError: naming the one that is none
    """
    patterns = text.replace(",", " ").split()
    for pattern in patterns:
        if not _PATTERN.fullmatch(pattern):
            raise ValueError(pattern)
    return patterns


def matches(kind: str, patterns: list[str]) -> bool:
    """``vehicle.*`` means all that begins with ``vehicle.``, ``*`` means all."""
    return any(_matches(kind, pattern) for pattern in patterns)


def _matches(kind: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return kind.startswith(pattern[:-1])
    return kind == pattern
