"""Checking inclusion and consistency proofs: RFC 9162, 2.1.3.2 and 2.1.4.2."""

from collections.abc import Sequence

from .hashing import HASH_SIZE, node_hash


class ProofError(ValueError):
    """What was to be proven does not follow from the proof."""


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that ``leaf`` is the ``index``-th leaf of the tree with this root.

    :param leaf: 32-byte hash of the leaf
    :raise ProofError: if that does not follow
    """
    if not 0 <= index < size:
        raise ProofError(f"a tree of {size} leaves has no leaf {index}")
    _check_lengths([leaf, root, *proof])
    at, last, result = index, size - 1, leaf
    for sibling in proof:
        if not last:
            raise ProofError("the proof is too long")
        if at & 1 or at == last:
            result = node_hash(sibling, result)
            at, last = _climb(at, last)
        else:
            result = node_hash(result, sibling)
        at, last = at >> 1, last >> 1
    if last or result != root:
        raise ProofError("the leaf is not below this root")


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

    :raise ProofError: if that does not follow, or the old tree is empty, which
        proves nothing
    """
    if not 0 < old <= new:
        raise ProofError(f"no tree of {old} leaves comes before one of {new}")
    if old == new:
        return _check_same(old_root, new_root, proof)
    _check_lengths([old_root, new_root, *proof])
    if _climb_proof(old, new, old_root, proof) != (old_root, new_root):
        raise ProofError("the newer tree does not begin with the older one")


def _check_same(old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    if proof or old_root != new_root:
        raise ProofError("trees of the same size differ")


def _climb_proof(
    old: int, new: int, old_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """:return: the old and the new root that follow from the proof"""
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not proof or not path:
        raise ProofError("the proof is too short")
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_result = new_result = path[0]
    for sibling in path[1:]:
        if not last:
            raise ProofError("the proof is too long")
        if at & 1 or at == last:
            old_result = node_hash(sibling, old_result)
            new_result = node_hash(sibling, new_result)
            at, last = _climb(at, last)
        else:
            new_result = node_hash(new_result, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return old_result, new_result


def _climb(at: int, last: int) -> tuple[int, int]:
    """:return: the position where the node is a right child again, or the root"""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _check_lengths(hashes: Sequence[bytes]) -> None:
    if any(len(value) != HASH_SIZE for value in hashes):
        raise ProofError(f"every hash has {HASH_SIZE} bytes")
