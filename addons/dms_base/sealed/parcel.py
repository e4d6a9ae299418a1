"""The parcel: what an envelope is for texts, for files. Raw bytes:

    b1. | key id (8 bytes) | nonce (12) | SM4-GCM ciphertext (n) | tag (16)

The tag also covers the version, the key id and the context, as in ``envelope``.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from .envelope import KEY_ID_BYTES, NONCE_BYTES, TAG_BYTES, Context
from .errors import Damaged, NotAnEnvelope

VERSION = b"b1."
_HEAD_END = len(VERSION) + KEY_ID_BYTES
_BODY = _HEAD_END + NONCE_BYTES


def key_id_of_parcel(parcel: bytes) -> bytes:
    """:raise NotAnEnvelope: if the bytes are none"""
    if not parcel.startswith(VERSION) or len(parcel) < _BODY + TAG_BYTES:
        raise NotAnEnvelope("The bytes are no parcel, or are cut off.")
    return parcel[len(VERSION) : _HEAD_END]


def seal_parcel(key_id: bytes, key: SM4, plain: bytes, context: Context) -> bytes:
    """:return: a parcel under a fresh random nonce"""
    head, nonce = VERSION + key_id, os.urandom(NONCE_BYTES)
    cipher = Cipher(key, modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(head + context.encode())
    return head + nonce + cipher.update(plain) + cipher.finalize() + cipher.tag


def open_parcel(parcel: bytes, key: SM4, context: Context) -> bytes:
    """:raise NotAnEnvelope, Damaged: if it is none, or is not genuine at this place"""
    key_id_of_parcel(parcel)
    nonce, tag = parcel[_HEAD_END:_BODY], parcel[-TAG_BYTES:]
    cipher = Cipher(key, modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(parcel[:_HEAD_END] + context.encode())
    try:
        return cipher.update(parcel[_BODY:-TAG_BYTES]) + cipher.finalize()
    except InvalidTag:
        raise Damaged("The parcel was changed or belongs elsewhere.") from None
