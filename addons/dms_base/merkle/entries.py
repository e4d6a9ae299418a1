"""What a leaf holds: one event of one subject as canonical JSON in UTF-8.

``{"at":"2026-11-24T08:00:00Z","body":{…},"kind":"vehicle.sold","n":3,"prev":"…",
"store":"GROUP/STORE","subject":"VIN","v":1}``: keys sorted, no spaces, no floats, so
that equal contents are equal bytes in every language. ``n`` counts the entries of the
subject from 1; ``prev`` is the hash of the one before, in base64: nobody can leave one
out or change their order unseen.
"""

import json
import re
from base64 import b64decode, b64encode
from json.encoder import encode_basestring as _quoted
from typing import Any

from .hashing import HASH_SIZE
from .tiles import MAX_ENTRY

VERSION = 1
MAX_INTEGER = (1 << 53) - 1
MAX_DEPTH = 16
_KEY = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_FIELDS = {
    "at": str,
    "body": dict,
    "kind": str,
    "n": int,
    "prev": (str, type(None)),
    "store": str,
    "subject": str,
    "v": int,
}


class EntryError(ValueError):
    """Not something that can stand in the log."""


def canonical(value: Any) -> str:
    """:return: the one text of a JSON value: sorted keys, no spaces
    :raise EntryError: names the place of what cannot be written in one way only
    """
    _check(value, "body", 0)
    return _dump(value)


def _dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _check(value: Any, path: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise EntryError(f"{path} is nested too deeply")
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_key(key, path)
            _check(inner, f"{path}.{key}", depth + 1)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            _check(inner, f"{path}[{at}]", depth + 1)
    else:
        _check_scalar(value, path)


def _check_key(key: Any, path: str) -> None:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise EntryError(f"{path} has the key {key!r}: use a-z, 0-9 and _")


def _check_scalar(value: Any, path: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, float):
        raise EntryError(f"{path} is a float: write it as text or in a smaller unit")
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise EntryError(f"{path} is beyond 2^53: write it as text")
        return
    if not isinstance(value, str):
        raise EntryError(f"{path} is a {type(value).__name__}, which JSON has not")
    _check_text(value, path)


def _check_text(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise EntryError(f"{path} is not valid Unicode") from None
    if "\0" in text:
        raise EntryError(f"{path} holds a null character, which no database keeps")


def encode(
    kind: str, subject: str, at: str, store: str, body: str, n: int, prev: str | None
) -> bytes:
    """:param at: moment in UTC, ``2026-11-24T08:00:00Z``
    :param body: made by ``canonical``
    :param n: number of this entry among those of the subject, from 1
    :param prev: hash of entry n - 1 of the subject in base64, None for the first
    :return: the bytes of the leaf
    """
    before = "null" if prev is None else f'"{prev}"'
    return (
        f'{{"at":"{at}","body":{body},"kind":{_quoted(kind)},"n":{n},'
        f'"prev":{before},"store":{_quoted(store)},'
        f'"subject":{_quoted(subject)},"v":{VERSION}}}'
    ).encode()


def decode(leaf: bytes) -> dict[str, Any]:
    """:return: what the leaf says
    :raise EntryError: unless it is an entry written in the one canonical way
    """
    if len(leaf) > MAX_ENTRY:
        raise EntryError("the entry is too long")
    try:
        entry = json.loads(leaf.decode())
    except (ValueError, RecursionError):
        raise EntryError("the entry is not JSON") from None
    if not isinstance(entry, dict) or entry.keys() != _FIELDS.keys():
        raise EntryError("the entry has other fields than an entry of the log")
    _check(entry, "entry", -1)
    if _dump(entry).encode() != leaf:
        raise EntryError("the entry is not written in the canonical way")
    _check_fields(entry)
    return entry


def _check_fields(entry: dict[str, Any]) -> None:
    for name, kind in _FIELDS.items():
        if not isinstance(entry[name], kind) or isinstance(entry[name], bool):
            raise EntryError(f"the field {name} of the entry is of another type")
    if entry["v"] != VERSION or entry["n"] < 1 or not _AT.fullmatch(entry["at"]):
        raise EntryError("the entry is of a version this program does not know")
    if (entry["n"] == 1) != (entry["prev"] is None):
        raise EntryError("only the first entry of a subject has none before it")
    if entry["prev"] is not None:
        decode_hash(entry["prev"])


def decode_hash(text: str) -> bytes:
    """:return: 32 bytes from base64
    :raise EntryError: if it is something else
    """
    value = decode_base64(text)
    if len(value) != HASH_SIZE:
        raise EntryError("a hash has 32 bytes")
    return value


def decode_base64(text: Any) -> bytes:
    """:raise EntryError: unless it is base64 in its one canonical form"""
    try:
        value = b64decode(text, validate=True)
    except (ValueError, TypeError):
        raise EntryError("not base64") from None
    if encode_base64(value) != text:
        raise EntryError("not base64 in its canonical form")
    return value


def encode_base64(value: bytes) -> str:
    """:return: base64 with padding, on one line"""
    return b64encode(value).decode()
