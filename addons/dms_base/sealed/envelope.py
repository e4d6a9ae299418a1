"""The envelope: ``s1.`` and, in URL-safe base64 without padding,

    key id (8 bytes) | nonce (12) | SM4-GCM ciphertext (n) | tag (16)

The tag also covers the version, the key id and the context (model, field, record), so
that an envelope moved to another place does not open there. Nonces are random: one
key seals at most 2^32 values (NIST SP 800-38D, 8.3).
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from .errors import Damaged, NotAnEnvelope

VERSION = "s1."
KEY_ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
_NONCE_END = KEY_ID_BYTES + NONCE_BYTES
_SHORTEST = _NONCE_END + TAG_BYTES


class Context(NamedTuple):
    """The place an envelope belongs to."""

    model: str
    field: str
    record: int

    def encode(self) -> bytes:
        # No name of a model or field holds a line break: no two places look alike.
        return f"{self.model}\n{self.field}\n{self.record}".encode()


def is_envelope(text: str) -> bool:
    """Tell by the first characters, without opening anything."""
    return text.startswith(VERSION)


def key_id_of(envelope: str) -> bytes:
    """:raise NotAnEnvelope: if the text is none"""
    return _unpack(envelope)[:KEY_ID_BYTES]


def head_of(key_id: bytes) -> str:
    """:return: how all envelopes of a key begin, as far as it fills whole characters"""
    return VERSION + _text(key_id)[: KEY_ID_BYTES * 8 // 6]


def seal(key_id: bytes, key: SM4, plain: bytes, context: Context) -> str:
    """:return: an envelope under a fresh random nonce"""
    nonce = os.urandom(NONCE_BYTES)
    cipher = Cipher(key, modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(_covered(key_id, context))
    sealed = cipher.update(plain) + cipher.finalize()
    return VERSION + _text(key_id + nonce + sealed + cipher.tag)


def open_(envelope: str, key: SM4, context: Context) -> bytes:
    """:raise NotAnEnvelope, Damaged: if it is none, or is not genuine at this place"""
    raw = _unpack(envelope)
    mode = modes.GCM(raw[KEY_ID_BYTES:_NONCE_END], raw[-TAG_BYTES:])
    cipher = Cipher(key, mode).decryptor()
    cipher.authenticate_additional_data(_covered(raw[:KEY_ID_BYTES], context))
    try:
        return cipher.update(raw[_NONCE_END:-TAG_BYTES]) + cipher.finalize()
    except InvalidTag:
        raise Damaged("The envelope was changed or belongs elsewhere.") from None


def _covered(key_id: bytes, context: Context) -> bytes:
    return VERSION.encode() + key_id + context.encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpack(envelope: str) -> bytes:
    if not is_envelope(envelope):
        raise NotAnEnvelope("The text is not an envelope.")
    body = envelope[len(VERSION) :]
    try:
        raw = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (Base64Error, ValueError):
        raise NotAnEnvelope("The envelope is cut off or not base64.") from None
    if len(raw) < _SHORTEST:
        raise NotAnEnvelope("The envelope is cut off.")
    return raw
