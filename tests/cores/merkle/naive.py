"""The tree as RFC 6962 writes it down: slow, recursive, obviously right."""

from hashlib import sha256


def leaf(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def root(entries: list[bytes]) -> bytes:
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return leaf(entries[0])
    k = left(len(entries))
    return sha256(b"\1" + root(entries[:k]) + root(entries[k:])).digest()


def left(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def path(m: int, entries: list[bytes]) -> list[bytes]:
    if len(entries) == 1:
        return []
    k = left(len(entries))
    if m < k:
        return [*path(m, entries[:k]), root(entries[k:])]
    return [*path(m - k, entries[k:]), root(entries[:k])]


def proof(m: int, entries: list[bytes], whole: bool = True) -> list[bytes]:
    if m == len(entries):
        return [] if whole else [root(entries)]
    k = left(len(entries))
    if m <= k:
        return [*proof(m, entries[:k], whole), root(entries[k:])]
    return [*proof(m - k, entries[k:], False), root(entries[:k])]


def node_of(entries: list[bytes]):
    """:return: the callable that proofs are built from"""

    def node(level: int, index: int) -> bytes:
        part = entries[index << level : index + 1 << level]
        assert len(part) == 1 << level, "asked for a node that is not complete"
        return root(part)

    return node
