"""One SHA-256 per entry, one over those of a batch.

The entry's hash is over a JSON array of its columns, numbers and text as the database
gives them; each element stands in its own place, so no two rows look alike.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32


def entry_hash(row: Sequence[str | int | None]) -> bytes:
    """:param row: the columns of the entry in a fixed order, its id first"""
    return sha256(json.dumps(row, ensure_ascii=False).encode()).digest()


def batch_digest(hashes: Iterable[bytes]) -> str:
    """:param hashes: those of the entries, in the order of their ids"""
    return sha256(b"".join(hashes)).hexdigest()


def first_difference(recorded: Sequence[bytes], found: Sequence[bytes | None]) -> int:
    """:return: the place of the first entry that is not as recorded, -1 if none is"""
    for place, (before, now) in enumerate(zip(recorded, found, strict=True)):
        if before != now:
            return place
    return -1
