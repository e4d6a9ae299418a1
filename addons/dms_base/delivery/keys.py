"""Idempotency keys: by them a receiver recognises what it has already done."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

Part = str | int | bool | None | Mapping[str, Any] | Sequence[Any]


def unique_key() -> str:
    """:return: a key for a message of its own, the same in all its attempts"""
    return str(uuid.uuid4())


def derived_key(*parts: Part) -> str:
    """The same parts give the same key, on every machine and in every process.

    For events that may be reported twice but must act once, such as
    ``derived_key("delivered", order_id)``. The parts must name the event: a key from
    the content alone swallows the second of two equal orders.

    :param parts: JSON values
    :return: 64 hexadecimal digits
    """
    if not parts:
        raise ValueError("a key is derived from at least one part")
    return digest(canonical_json(list(parts)))


def digest(content: bytes) -> str:
    """:return: SHA-256, 64 hexadecimal digits"""
    return hashlib.sha256(content).hexdigest()


def canonical_json(value: Any) -> bytes:
    """:return: one spelling per value: sorted names, no spaces, UTF-8"""
    text = json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return text.encode()
