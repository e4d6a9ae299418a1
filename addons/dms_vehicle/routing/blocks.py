"""A router answers for so many places at a time."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

Item = TypeVar("Item")
LIMIT = 100  # OSRM's --max-table-size unless its owner says otherwise


def blocks(items: Sequence[Item], limit: int = LIMIT) -> Iterator[list[Item]]:
    """Yield lists of at most ``limit`` items; each pair of items is in one of them.

    >>> list(blocks("abcd", 2))
    [['a', 'b'], ['a', 'c'], ['a', 'd'], ['b', 'c'], ['b', 'd'], ['c', 'd']]
    """
    if len(items) <= limit:
        yield list(items)
        return
    half = limit // 2
    parts = [list(items[at : at + half]) for at in range(0, len(items), half)]
    for one, other in combinations(parts, 2):
        yield one + other
