"""What the log last signed, remembered outside the database.

A restored backup knows an older state of the log; this file knows better. It lies in
the folder of the keys, one per name of the log.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from .. import keydir


@dataclass(frozen=True)
class Memory:
    """The database that signed last, and the size and root it signed.

    A database is known by its cluster and number there: a new name changes neither, a
    copy has others.
    """

    database: str
    size: int
    root: bytes


def _name(origin: str) -> str:
    return f"log-{sha256(origin.encode()).hexdigest()[:16]}.state"


def recall(origin: str) -> Memory | None:
    """:return: what was remembered, None if nothing ever was"""
    content = keydir.read(_name(origin))
    if content is None:
        return None
    state = json.loads(content)
    return Memory(state["database"], state["size"], b64decode(state["root"]))


def remember(origin: str, memory: Memory) -> None:
    """Write down what was signed, unless something newer already is."""
    known = recall(origin)
    if known is None or known.size <= memory.size:
        rewrite(origin, memory)


def rewrite(origin: str, memory: Memory) -> None:
    """Write down another state, whatever was known."""
    keydir.replace(_name(origin), _pack(origin, memory))


def begin(origin: str, memory: Memory) -> None:
    """Write down the first state of a log; never go back to it."""
    keydir.create(_name(origin), _pack(origin, memory))


def _pack(origin: str, memory: Memory) -> bytes:
    root = b64encode(memory.root).decode()
    state = {"origin": origin, "database": memory.database, "size": memory.size}
    return json.dumps({**state, "root": root}, indent=1).encode()
