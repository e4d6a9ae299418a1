"""Data keys by id: one seals, all open. So a key is replaced without a pause."""

import os
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from . import envelope as _envelope
from .envelope import KEY_ID_BYTES, Context
from .errors import UnknownKey
from .glance import Glance
from .parcel import key_id_of_parcel, open_parcel, seal_parcel

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
        self.__raw = dict(keys)
        self.__keys = {key_id: SM4(key) for key_id, key in keys.items()}
        self.__glances: dict[tuple[bytes, str], Glance] = {}

    def __repr__(self) -> str:
        return f"<Keyring of {len(self.__keys)} keys>"

    def __contains__(self, key_id: object) -> bool:
        return key_id in self.__keys

    def seal(self, key_id: bytes, plain: str, context: Context, mask: str = "") -> str:
        """:param mask: what ``masks`` gives later; empty if it has to be computed
        :raise UnknownKey: if the ring lacks the key
        """
        key = self._key(key_id)
        glance = mask and self._glance(key_id, context.scope)
        block = glance.seal(context.record, mask) if glance else b""
        return _envelope.seal(key_id, key, plain.encode(), context, block)

    def open(self, envelope: str, context: Context) -> str:
        """Open what any key of the ring sealed.

        :raise NotAnEnvelope, UnknownKey, Damaged: subclasses of SealedError
        """
        key = self._key(_envelope.key_id_of(envelope))
        return _envelope.open_(envelope, key, context).decode()

    def seal_file(self, key_id: bytes, plain: bytes, context: Context) -> bytes:
        """:return: a parcel, see ``parcel``
        :raise UnknownKey: if the ring lacks the key
        """
        return seal_parcel(key_id, self._key(key_id), plain, context)

    def open_file(self, parcel: bytes, context: Context) -> bytes:
        """Open a parcel that any key of the ring sealed.

        :raise NotAnEnvelope, UnknownKey, Damaged: subclasses of SealedError
        """
        return open_parcel(parcel, self._key(key_id_of_parcel(parcel)), context)

    def masks(
        self, envelopes: Sequence[str], scope: str, records: Sequence[int]
    ) -> list[str]:
        """Read what may be shown of many secrets of one field, without opening them.

        :param scope: the field, see ``Context.scope``
        :param records: the record of each envelope
        :return: the mask of each, empty where only opening it tells: no mask was kept,
            the key is missing, or the envelope does not belong there
        """
        masks = [""] * len(envelopes)
        heads = _envelope.heads_of(envelopes)
        for key_id in {key_id for key_id, _block in heads} & self.__keys.keys():
            mine = [n for n, (one, _block) in enumerate(heads) if one == key_id]
            blocks = [heads[n][1] for n in mine]
            glance = self._glance(key_id, scope)
            read = glance.masks(blocks, [records[n] for n in mine])
            for n, mask in zip(mine, read, strict=True):
                masks[n] = mask
        return masks

    def _glance(self, key_id: bytes, scope: str) -> Glance:
        place = (key_id, scope)
        if place not in self.__glances:
            self.__glances[place] = Glance(self.__raw[key_id], scope)
        return self.__glances[place]

    def _key(self, key_id: bytes) -> SM4:
        try:
            return self.__keys[key_id]
        except KeyError:
            raise UnknownKey(f"The key {key_id.hex()} is not available.") from None
