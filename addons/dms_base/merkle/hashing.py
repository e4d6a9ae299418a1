"""How leaves and nodes are hashed: RFC 6962, section 2.1, with SHA-256."""

from collections.abc import Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """:return: the 32-byte hash of a leaf that holds ``entry``"""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """:return: the 32-byte hash of a node above two others"""
    return sha256(b"\1" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """:return: the root above ``hashes``, whose number is a power of two"""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return hashes[0]


def split(packed: bytes) -> list[bytes]:
    """:return: the hashes that stand in ``packed`` without a gap"""
    return [packed[at : at + HASH_SIZE] for at in range(0, len(packed), HASH_SIZE)]
