"""Safe mode: what is sealed under the EncodingAESKey of an account."""

import base64
import binascii
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .errors import WeChatError

BLOCK = 32
RANDOM = 16
LENGTH = 4


class Envelope:
    """Opens and seals for one account.

    :param encoding_key: 43 characters, as shown by the platform
    :param app_id: of the account, stands inside what is sealed
    :raise WeChatError: ``key``
    """

    def __init__(self, encoding_key: str, app_id: str):
        try:
            self._key = base64.b64decode(encoding_key + "=", validate=True)
        except (binascii.Error, ValueError) as error:
            raise WeChatError("key") from error
        if len(self._key) != 32:
            raise WeChatError("key")
        self._app_id = app_id.encode()

    def open(self, sealed: str) -> bytes:
        """:return: the XML inside

        :raise WeChatError: ``sealed``, ``account``
        """
        plain = _unpadded(self._decrypted(sealed))
        begin = RANDOM + LENGTH
        length = int.from_bytes(plain[RANDOM:begin], "big")
        if length > len(plain) - begin:
            raise WeChatError("sealed")
        if plain[begin + length :] != self._app_id:
            raise WeChatError("account")
        return plain[begin : begin + length]

    def seal(self, xml: bytes) -> str:
        """:return: what the element Encrypt holds"""
        head = os.urandom(RANDOM) + len(xml).to_bytes(LENGTH, "big")
        encryptor = self._cipher().encryptor()
        text = encryptor.update(_padded(head + xml + self._app_id))
        return base64.b64encode(text + encryptor.finalize()).decode()

    def _decrypted(self, sealed: str) -> bytes:
        try:
            data = base64.b64decode(sealed, validate=True)
            decryptor = self._cipher().decryptor()
            return decryptor.update(data) + decryptor.finalize()
        except ValueError as error:
            raise WeChatError("sealed") from error

    def _cipher(self) -> Cipher:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))


def _padded(data: bytes) -> bytes:
    count = BLOCK - len(data) % BLOCK
    return data + bytes([count]) * count


def _unpadded(data: bytes) -> bytes:
    count = data[-1] if data else 0
    if not 1 <= count <= BLOCK or data[-count:] != bytes([count]) * count:
        raise WeChatError("sealed")
    return data[:-count]
