"""Building inclusion and consistency proofs: RFC 9162, 2.1.3.1 and 2.1.4.1.

The tree stands behind a callable, so a database, tiles or a list can serve it.
"""

from collections.abc import Callable

from .tree import fold, peaks

Node = Callable[[int, int], bytes]
"""(level, index) -> hash over the leaves from ``index << level``, ``1 << level`` many.

Asked only for nodes whose leaves all exist.
"""


def range_root(start: int, end: int, node: Node) -> bytes:
    """:return: the root over the leaves ``start`` to ``end``, a part of a split tree"""
    return fold(node(level, index) for level, index in peaks(start, end))


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Prove that leaf ``index`` is in the tree of the first ``size`` leaves.

    :return: hashes from the leaf up to the root
    :raise ValueError: if there is no such leaf
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + _left(end - start)
        if index < middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """Prove that the first ``old`` leaves of the tree of size ``new`` did not change.

    :return: the hashes of the proof, none if the sizes are equal
    :raise ValueError: unless 0 < old <= new
    """
    if not 0 < old <= new:
        raise ValueError(f"no tree of {old} leaves comes before one of {new}")
    proof, start, end = [], 0, new
    while old < end:
        middle = start + _left(end - start)
        if old <= middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(start, middle, node))
            start = middle
    if start:
        proof.append(range_root(start, end, node))
    return proof[::-1]


def _left(size: int) -> int:
    """:return: the largest power of two below ``size``"""
    return 1 << (size - 1).bit_length() - 1
