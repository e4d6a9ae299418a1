"""Signed requests: HMAC-SHA256 with a shared secret, a timestamp and a nonce.

The signed text is seven lines joined by a line feed, without one at the end::

    DMS-HMAC-SHA256
    <method in capitals>
    <path as sent, with "?" and the query if there is one>
    <timestamp: seconds since 1970-01-01 UTC, decimal>
    <nonce: 8 to 128 of A-Z a-z 0-9 . _ ~ ->
    <idempotency key, as in the header Idempotency-Key>
    <SHA-256 of the body, 64 lower-case hexadecimal digits>

The signature is the HMAC of its UTF-8 bytes in lower-case hexadecimal. It travels in
``DMS-Signature: v1=<hex>``, beside ``DMS-Timestamp``, ``DMS-Nonce`` and
``Idempotency-Key``. While a secret is being changed a sender may give several, joined
by commas.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SCHEME = "DMS-HMAC-SHA256"
VERSION = "v1"
TIMESTAMP = "DMS-Timestamp"
NONCE = "DMS-Nonce"
SIGNATURE = "DMS-Signature"
KEY = "Idempotency-Key"
WINDOW_S = 300

_NONCE = re.compile(r"[A-Za-z0-9._~-]{8,128}")
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class SignatureRefused(Exception):
    """A request that is not accepted.

    ``code`` is one of missing, malformed, wrong, outside_window.
    """

    def __init__(self, code: str, detail: str):
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class Signable:
    """What is signed of a request."""

    method: str
    path: str
    timestamp: str
    nonce: str
    key: str
    body: bytes

    def text(self) -> str:
        """:return: the seven lines"""
        digest = hashlib.sha256(self.body).hexdigest()
        method = self.method.upper()
        lines = (self.path, self.timestamp, self.nonce, self.key, digest)
        return "\n".join((SCHEME, method, *lines))

    def signature(self, secret: str) -> str:
        """:return: 64 hexadecimal digits"""
        return hmac.new(secret.encode(), self.text().encode(), "sha256").hexdigest()


def signed_headers(
    secret: str, method: str, path: str, key: str, body: bytes, now: float
) -> dict[str, str]:
    """:return: the headers that sign a request; a new nonce each time"""
    nonce = secrets.token_urlsafe(18)
    signable = Signable(method, path, str(int(now)), nonce, key, body)
    return {
        TIMESTAMP: signable.timestamp,
        NONCE: nonce,
        KEY: key,
        SIGNATURE: f"{VERSION}={signable.signature(secret)}",
    }


def check(
    headers: Mapping[str, str],
    method: str,
    path: str,
    body: bytes,
    secrets_: Iterable[str],
    now: float,
    window_s: float = WINDOW_S,
) -> Signable:
    """Check a request that came in.

    The signature is checked before the clock: only who holds the secret learns that
    his clock is wrong. A nonce may be used once within the window; remembering it is
    the caller's part (``NonceMemory``, or a unique column).

    :param headers: found by their names as spelled above
    :param secrets_: those that are valid now; several while a secret is being changed
    :return: what was signed
    :raise SignatureRefused: with the reason
    """
    signable = _read(headers, method, path, body)
    _check_signature(signable, _offered(headers[SIGNATURE]), secrets_)
    age = now - int(signable.timestamp)
    if abs(age) > window_s:
        reason = f"the timestamp is {age:.0f} s from our clock, {window_s:.0f} allowed"
        raise SignatureRefused("outside_window", reason)
    return signable


def _read(headers, method: str, path: str, body: bytes) -> Signable:
    patterns = {TIMESTAMP: _TIMESTAMP, NONCE: _NONCE, KEY: _KEY}
    if SIGNATURE not in headers:
        raise SignatureRefused("missing", f"the header {SIGNATURE} is missing")
    for name, pattern in patterns.items():
        if name not in headers:
            raise SignatureRefused("missing", f"the header {name} is missing")
        if not pattern.fullmatch(headers[name]):
            raise SignatureRefused("malformed", f"the header {name} cannot be read")
    return Signable(
        method, path, headers[TIMESTAMP], headers[NONCE], headers[KEY], body
    )


def _offered(header: str) -> list[str]:
    pairs = (part.strip().partition("=") for part in header.split(","))
    return [value for version, _, value in pairs if version == VERSION]


def _check_signature(
    signable: Signable, offered: list[str], secrets_: Iterable[str]
) -> None:
    """Every pair is compared, in constant time, even after one has matched."""
    matches = [
        hmac.compare_digest(signable.signature(secret).encode(), value.encode())
        for secret in secrets_
        for value in offered
    ]
    if not any(matches):
        raise SignatureRefused("wrong", "the signature does not match")
