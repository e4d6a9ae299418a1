"""The envelope: ``s1.``, or ``s2.`` if it has a mask, and in URL-safe base64, unpadded,

    key id (8 bytes) | mask (s2: 16) | nonce (12) | SM4-GCM ciphertext (n) | tag (16)

The tag also covers the version, the key id, the enciphered mask (see ``glance``) and
the context (model, field, record), so that an envelope moved to another place does not
open there. Nonces are random: one key seals at most 2^32 values (NIST SP 800-38D, 8.3).
"""

import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from .errors import Damaged, NotAnEnvelope
from .glance import BLOCK_BYTES

VERSION, VERSION_WITH_MASK = VERSIONS = ("s1.", "s2.")
KEY_ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
_HEAD = struct.Struct(f"{KEY_ID_BYTES}s{BLOCK_BYTES}s")
_HEAD_END = len(VERSION) + _HEAD.size * 8 // 6
_NO_HEAD = "A" * (_HEAD_END - len(VERSION))


class Context(NamedTuple):
    """The place an envelope belongs to."""

    model: str
    field: str
    record: int

    def encode(self) -> bytes:
        # No name of a model or field holds a line break: no two places look alike.
        return f"{self.model}\n{self.field}\n{self.record}".encode()

    @property
    def scope(self) -> str:
        """The field, whatever the record."""
        return f"{self.model}.{self.field}"


def is_envelope(text: str) -> bool:
    """Tell by the first characters, without opening anything."""
    return text.startswith(VERSIONS)


def key_id_of(envelope: str) -> bytes:
    """:raise NotAnEnvelope: if the text is none"""
    return _unpack(envelope)[0][:KEY_ID_BYTES]


def beginnings_of(key_id: bytes) -> tuple[str, ...]:
    """:return: how all envelopes of a key begin, as far as it fills whole characters"""
    text = _text(key_id)[: KEY_ID_BYTES * 8 // 6]
    return tuple(version + text for version in VERSIONS)


def heads_of(envelopes: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """Take key id and enciphered mask from many envelopes at once.

    :return: one pair each, zeros for what has no mask; empty if one cannot be decoded
    """
    heads = [
        text[len(VERSION) : _HEAD_END]
        if len(text) > _HEAD_END and text.startswith(VERSION_WITH_MASK)
        else _NO_HEAD
        for text in envelopes
    ]
    try:
        raw = urlsafe_b64decode("".join(heads))
    except ValueError:
        return []
    return list(_HEAD.iter_unpack(raw)) if len(raw) == len(heads) * _HEAD.size else []


def seal(
    key_id: bytes, key: SM4, plain: bytes, context: Context, block: bytes = b""
) -> str:
    """:param block: the enciphered mask, if there is one
    :return: an envelope under a fresh random nonce
    """
    version, head = VERSIONS[bool(block)], key_id + block
    nonce = os.urandom(NONCE_BYTES)
    cipher = Cipher(key, modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(_covered(version, head, context))
    sealed = cipher.update(plain) + cipher.finalize()
    return version + _text(head + nonce + sealed + cipher.tag)


def open_(envelope: str, key: SM4, context: Context) -> bytes:
    """:raise NotAnEnvelope, Damaged: if it is none, or is not genuine at this place"""
    head, nonce, sealed, tag = _unpack(envelope)
    cipher = Cipher(key, modes.GCM(nonce, tag)).decryptor()
    version = envelope[: len(VERSION)]
    cipher.authenticate_additional_data(_covered(version, head, context))
    try:
        return cipher.update(sealed) + cipher.finalize()
    except InvalidTag:
        raise Damaged("The envelope was changed or belongs elsewhere.") from None


def _covered(version: str, head: bytes, context: Context) -> bytes:
    return version.encode() + head + context.encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpack(envelope: str) -> tuple[bytes, bytes, bytes, bytes]:
    """:return: key id with the mask, nonce, ciphertext, tag"""
    raw = _decode(envelope)
    has_mask = envelope.startswith(VERSION_WITH_MASK)
    head = _HEAD.size if has_mask else KEY_ID_BYTES
    body = head + NONCE_BYTES
    if len(raw) < body + TAG_BYTES:
        raise NotAnEnvelope("The envelope is cut off.")
    return raw[:head], raw[head:body], raw[body:-TAG_BYTES], raw[-TAG_BYTES:]


def _decode(envelope: str) -> bytes:
    if not is_envelope(envelope):
        raise NotAnEnvelope("The text is not an envelope.")
    body = envelope[len(VERSION) :]
    try:
        return urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (Base64Error, ValueError):
        raise NotAnEnvelope("The envelope is cut off or not base64.") from None
