"""Checks of who calls, written after docs/connectors.md and not after our own sender:
if the two disagree, the tests see it."""

import hashlib
import hmac
import time
from base64 import b64encode

from .ledger import Received

WINDOW_S = 300


class Refused(Exception):
    """Answered with 401 and this text."""


class Bearer:
    """Accepts one token."""

    def __init__(self, token: str):
        self._expected = f"Bearer {token}"

    def check(self, received: Received) -> None:
        if received.header("Authorization") != self._expected:
            raise Refused("wrong token")


class Basic:
    """Accepts one name and password."""

    def __init__(self, username: str, password: str):
        pair = b64encode(f"{username}:{password}".encode()).decode()
        self._expected = f"Basic {pair}"

    def check(self, received: Received) -> None:
        if received.header("Authorization") != self._expected:
            raise Refused("wrong name or password")


class ClientCertificate:
    """Accepts callers whose certificate has this common name; TLS checked the chain."""

    def __init__(self, common_name: str):
        self._expected = common_name

    def check(self, received: Received) -> None:
        if received.client_certificate != self._expected:
            raise Refused("no client certificate, or that of somebody else")


class Hmac:
    """Accepts signed requests, each nonce once, within five minutes."""

    def __init__(self, secret: str):
        self._secret = secret.encode()
        self._nonces: set[str] = set()

    def check(self, received: Received) -> None:
        offered = received.header("DMS-Signature").split(",")
        if f"v1={self._signature(received)}" not in [o.strip() for o in offered]:
            raise Refused("wrong signature")
        if abs(time.time() - int(received.header("DMS-Timestamp"))) > WINDOW_S:
            raise Refused("too old")
        nonce = received.header("DMS-Nonce")
        if nonce in self._nonces:
            raise Refused("replayed")
        self._nonces.add(nonce)

    def _signature(self, received: Received) -> str:
        lines = [
            "DMS-HMAC-SHA256",
            received.method,
            received.path,
            received.header("DMS-Timestamp"),
            received.header("DMS-Nonce"),
            received.header("Idempotency-Key"),
            hashlib.sha256(received.body).hexdigest(),
        ]
        text = "\n".join(lines).encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()
