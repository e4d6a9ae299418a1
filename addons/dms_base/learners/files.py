"""How what was learnt is saved: one JSON object, read without running anything."""

import hashlib
import json
from collections.abc import Iterable

from .protocol import Learner, Trained

FORMAT = 1
MAX_CHARACTERS = 64 * 1024 * 1024


class FileError(ValueError):
    """A saved model cannot be used.

    ``code`` is one of ``too_long``, ``json``, ``format``, ``learner``, ``state``.
    """

    def __init__(self, code: str, detail: str = ""):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


def dumps(trained: Trained) -> str:
    """:return: the saved form; numbers that are none, such as NaN, are refused

    :raise ValueError: if it holds such a number
    """
    return json.dumps(
        {"format": FORMAT, "learner": trained.code, "state": trained.to_json()},
        ensure_ascii=False,
        sort_keys=True,
        allow_nan=False,
        separators=(",", ":"),
    )


def digest(text: str) -> str:
    """:return: SHA-256 of the saved form, in hex"""
    return hashlib.sha256(text.encode()).hexdigest()


def loads(text: str, learners: Iterable[type[Learner]]) -> Trained:
    """Read the saved form.

    :param learners: the classes that may be meant; no other is looked for
    :raise FileError: if it is damaged, or of a learner that is not among them
    """
    envelope = _envelope(text)
    known = {learner.code: learner for learner in learners}
    if (code := envelope.get("learner")) not in known:
        raise FileError("learner", str(code))
    try:
        return known[code].load(envelope["state"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise FileError("state", str(error)) from error


def _envelope(text: str) -> dict:
    if len(text) > MAX_CHARACTERS:
        raise FileError("too_long")
    try:
        envelope = json.loads(text, parse_constant=_refuse)
    except ValueError as error:
        raise FileError("json", str(error)) from error
    if not isinstance(envelope, dict) or envelope.get("format") != FORMAT:
        raise FileError("format")
    return envelope


def _refuse(constant: str) -> float:
    raise ValueError(constant)
