"""Judging timestamps, which needs more than the rest: the extra ``timestamps``."""

import hashlib

from .merkle.passport import Finding
from .timestamp import Stamp, TimestampError, Trust, verify

CODES = {
    "malformed": "timestamp_malformed",
    "refused": "timestamp_malformed",
    "not_ours": "timestamp_not_ours",
    "untrusted": "timestamp_untrusted",
}


class Judge:
    """Judges the timestamps of a passport by the authorities it was told to believe."""

    def __init__(self) -> None:
        self._trusts: list[Trust] = []

    def believe(self, pem: bytes) -> None:
        """Believe one more authority.

        :param pem: its root, what lies between, and its own certificate if its answers
            come without
        :raise TimestampError: if there is no root among them
        """
        self._trusts.append(Trust.from_pem(pem))

    def __call__(self, answer: bytes, text: bytes) -> Finding:
        """:return: ``timestamp_good``, or what is wrong with the answer"""
        digest = hashlib.sha256(text).digest()
        for trust in self._trusts:
            try:
                return _good(verify(answer, digest, trust))
            except TimestampError as error:
                finding = Finding(CODES[error.code], values={"reason": str(error)})
        return finding


def _good(stamp: Stamp) -> Finding:
    at = stamp.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Finding("timestamp_good", values={"at": at, "authority": stamp.authority})
