"""The shape of a tree of any size, and its root while leaves are added."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .hashing import EMPTY_ROOT, node_hash


def peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the perfect subtrees over the leaves ``start`` to ``end``, left to right.

    :param start: a multiple of the largest power of two below the number of leaves
    :return: (level, index) of each: it covers ``index << level`` and what follows
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def fold(roots: Iterable[bytes]) -> bytes:
    """:return: the root above subtrees given from left to right, widest first"""
    roots = list(roots)
    if not roots:
        return EMPTY_ROOT
    root = roots.pop()
    while roots:
        root = node_hash(roots.pop(), root)
    return root


@dataclass
class Frontier:
    """The right edge of a tree: enough to add leaves and to know the root.

    ``roots`` are those of the perfect subtrees, widest first (``peaks(0, size)``).
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its 32-byte hash."""
        self.roots.append(leaf)
        number = self.size
        while number & 1:
            right = self.roots.pop()
            self.roots.append(node_hash(self.roots.pop(), right))
            number >>= 1
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Add leaves by their hashes and return self."""
        for leaf in leaves:
            self.append(leaf)
        return self

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        return fold(self.roots)
