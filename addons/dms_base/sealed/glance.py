"""The mask of a secret in one enciphered block, so that a list opens no secrets.

    0 (2 bytes) | record (4) | asterisks (1) | length of head, of tail (1) | both (8)

The block is enciphered with SM4 under a key derived for one field, so it shows whoever
has the table nothing: the record in it makes all blocks of a field differ. What was
changed, or moved to another record or field, deciphers to noise, which passes for a
mask once in 2^48. The tag of the envelope covers the block, too.
"""

import struct
from collections.abc import Iterable, Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .masking import MASK_CHARACTER

BLOCK_BYTES = 16
_KEY_BYTES = 16
_LAYOUT = struct.Struct(">HIBB8s")
_MAX_RECORD = 2**32
_MAX_SHOWN = 8
_ASTERISKS = [MASK_CHARACTER * count for count in range(256)]


class Glance:
    """Enciphers and reads the masks of one field.

    :param key: the data key
    :param scope: name of the field, such as ``res.partner.dms_id_number``
    """

    def __init__(self, key: bytes, scope: str):
        info = f"mask of {scope}".encode()
        derived = HKDF(SM3(), _KEY_BYTES, salt=None, info=info).derive(key)
        self.__cipher = Cipher(SM4(derived), modes.ECB())

    def seal(self, record: int, mask: str) -> bytes:
        """:return: the block; one that says nothing if the mask does not fit in it"""
        return self.__cipher.encryptor().update(_pack(record, mask))

    def masks(self, blocks: Iterable[bytes], records: Sequence[int]) -> list[str]:
        """:return: the mask of each record, empty if its block says nothing"""
        plain = self.__cipher.decryptor().update(b"".join(blocks))
        return [
            _mask(count, lengths, shown) if here == record and not zero else ""
            for record, (zero, here, count, lengths, shown) in zip(
                records, _LAYOUT.iter_unpack(plain), strict=True
            )
        ]


def _pack(record: int, mask: str) -> bytes:
    head, tail = mask.split(MASK_CHARACTER)[0], mask.split(MASK_CHARACTER)[-1]
    count = len(mask) - len(head) - len(tail)
    fits = 0 < count < len(_ASTERISKS) and len(head + tail) <= _MAX_SHOWN
    is_plain = mask.isascii() and mask == head + MASK_CHARACTER * count + tail
    if not (fits and is_plain and record < _MAX_RECORD):
        return _LAYOUT.pack(0, record % _MAX_RECORD, 0, 0, b"")
    lengths = len(head) << 4 | len(tail)
    return _LAYOUT.pack(0, record, count, lengths, (head + tail).encode())


def _mask(count: int, lengths: int, shown: bytes) -> str:
    text, head = shown.decode("latin-1"), lengths >> 4
    return text[:head] + _ASTERISKS[count] + text[head : head + (lengths & 15)]
