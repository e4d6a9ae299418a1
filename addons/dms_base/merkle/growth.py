"""Adding many leaves at once to a log that is kept in tiles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .hashing import perfect_root, split
from .tiles import WIDTH, complete_tiles, tiles_of
from .tree import fold, peaks

Edge = list[bytes]
"""The hashes of the last, partial tile of one level; at most 255."""


@dataclass(frozen=True)
class FullTile:
    """A tile that will never change: 256 hashes in one piece, and their root."""

    level: int
    index: int
    hashes: bytes
    root: bytes


@dataclass(frozen=True)
class Growth:
    """What a log becomes: its new size and root, and the tiles completed."""

    size: int
    root: bytes
    tiles: list[FullTile]


def edges_of(size: int, fetch: Callable[[int, int], bytes]) -> list[Edge]:
    """:param fetch: (level, index) -> all hashes this tile has by now
    :return: the partial tile of each level, lowest first
    """
    return [
        split(fetch(level, full))[:width] if width else []
        for level, (full, width) in enumerate(tiles_of(size))
    ]


def root_of(edges: Sequence[Edge]) -> bytes:
    """:return: the root of the log whose right edge is this"""
    return fold(
        perfect_root(edge[index << level : index + 1 << level])
        for edge in reversed(edges)
        for level, index in peaks(0, len(edge))
    )


def grow(size: int, edges: Sequence[Edge], leaves: Sequence[bytes]) -> Growth:
    """Add leaves, given by their hashes, to a log of ``size`` leaves.

    Costs one hash per leaf and little more, however long the log is.
    """
    new_edges, tiles, added, level = [], [], list(leaves), 0
    while added or level < len(edges):
        old = edges[level] if level < len(edges) else []
        hashes = [*old, *added]
        first = (size >> 8 * level) // WIDTH
        full = complete_tiles(hashes, first)
        tiles += [FullTile(level, *tile) for tile in full]
        new_edges.append(hashes[len(full) * WIDTH :])
        added = [root for _index, _hashes, root in full]
        level += 1
    return Growth(size + len(leaves), root_of(new_edges), tiles)
