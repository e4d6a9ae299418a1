"""The part of a passport's address that nobody guesses."""

import hashlib
import secrets

BYTES = 24


def new_secret() -> str:
    """:return: 192 random bits, as 32 characters that an address may hold"""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """:return: what is kept to find the secret again: SHA-256 in hex

    A plain hash suffices: it cannot be turned round by trying, for there are 2^192
    secrets to try. Looking it up takes a time that tells nothing about the secret.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
