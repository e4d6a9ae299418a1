"""Data keys by id: one seals, all open. So a key is replaced without a pause."""

import os
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from . import envelope as _envelope
from .envelope import KEY_ID_BYTES, Context
from .errors import UnknownKey

KEY_BYTES = 16


def new_key() -> bytes:
    """:return: a random key of SM4"""
    return os.urandom(KEY_BYTES)


def new_key_id() -> bytes:
    """:return: a random name for a key, so that merged databases do not collide"""
    return os.urandom(KEY_ID_BYTES)


class Keyring:
    """Keys that seal and open; their bytes do not come out again.

    :param keys: key id to key, both bytes
    """

    def __init__(self, keys: Mapping[bytes, bytes]):
        self.__keys = {key_id: SM4(key) for key_id, key in keys.items()}

    def __repr__(self) -> str:
        return f"<Keyring of {len(self.__keys)} keys>"

    def __contains__(self, key_id: object) -> bool:
        return key_id in self.__keys

    def seal(self, key_id: bytes, plain: str, context: Context) -> str:
        """:raise UnknownKey: if the ring lacks the key"""
        return _envelope.seal(key_id, self._key(key_id), plain.encode(), context)

    def open(self, envelope: str, context: Context) -> str:
        """Open what any key of the ring sealed.

        :raise NotAnEnvelope, UnknownKey, Damaged: subclasses of SealedError
        """
        key = self._key(_envelope.key_id_of(envelope))
        return _envelope.open_(envelope, key, context).decode()

    def _key(self, key_id: bytes) -> SM4:
        try:
            return self.__keys[key_id]
        except KeyError:
            raise UnknownKey(f"The key {key_id.hex()} is not available.") from None
