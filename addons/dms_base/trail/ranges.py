"""Sets of ids, nearly without gaps, as short lists of first and last."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

Range = tuple[int, int]


def ranges(ids: Iterable[int]) -> list[list[int]]:
    """:return: ``[[first, last], ...]`` in order, both included"""
    found: list[list[int]] = []
    for number in sorted(ids):
        if found and found[-1][1] >= number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def expand(pairs: Iterable[Sequence[int]]) -> Iterator[int]:
    """Yield the ids again."""
    for first, last in pairs:
        yield from range(first, last + 1)


def contains(pairs: Sequence[Sequence[int]], number: int) -> bool:
    """:param pairs: in order, as ``ranges`` gives them"""
    place = bisect_right(pairs, number, key=lambda pair: pair[0]) - 1
    return place >= 0 and number <= pairs[place][1]
