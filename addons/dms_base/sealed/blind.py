"""Exact search over secrets: equal values get equal tokens, under a key of their own.

The token is HMAC-SM3 over the folded value, cut to 128 bits: among a billion values of
one field the chance that any two collide is below 2^-68. Each model and field has its
own subkey (HKDF-SM3), so tokens say nothing across fields. Whoever holds the table
but not the key sees which rows of one field are equal, nothing else.
"""

import re
from base64 import urlsafe_b64encode
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TOKEN_BYTES = 16
TAG_LENGTH = 6
_SUBKEY_BYTES = 32
_SEPARATORS = re.compile(r"[\W_]+")


def fold(value: str) -> str:
    """Drop what people type differently: case, blanks, hyphens, dots."""
    return _SEPARATORS.sub("", value).upper()


def tag_of(key_id: bytes) -> str:
    """:return: how all tokens of an index key begin, so that old ones can be found"""
    return urlsafe_b64encode(key_id)[:TAG_LENGTH].decode()


class BlindIndex:
    """Makes the tokens of one field.

    :param key: secret shared by all fields
    :param scope: name of the field, such as ``res.partner.dms_id_number``
    :param tag: see ``tag_of``
    """

    def __init__(self, key: bytes, scope: str, tag: str = ""):
        subkey = HKDF(SM3(), _SUBKEY_BYTES, salt=None, info=scope.encode()).derive(key)
        self.__mac = HMAC(subkey, SM3())
        self.tag = tag

    def token(self, value: str) -> str:
        """:return: the tag and 22 characters that stand for the value in an index"""
        mac = self.__mac.copy()
        mac.update(fold(value).encode())
        digest = mac.finalize()[:TOKEN_BYTES]
        return self.tag + urlsafe_b64encode(digest).rstrip(b"=").decode()


class BlindIndexes(NamedTuple):
    """The index of a field under the key in use, and under those it replaces.

    While a key is being replaced, a column holds tokens of both.
    """

    current: BlindIndex
    older: tuple[BlindIndex, ...] = ()

    def token(self, value: str) -> str:
        """:return: the token to write"""
        return self.current.token(value)

    def tokens(self, value: str) -> list[str]:
        """:return: the tokens to look for"""
        return [index.token(value) for index in (self.current, *self.older)]
