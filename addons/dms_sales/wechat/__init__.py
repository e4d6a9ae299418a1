"""Messages of a WeChat official account, as its server sends and wants them. No Odoo.

A callback is signed with SHA-1 over token, timestamp and nonce; in safe mode its XML is
sealed with AES-256-CBC under the EncodingAESKey and signed once more with that.

Source: WeChat official accounts platform, message encryption and decryption.
"""

from .envelope import Envelope
from .errors import WeChatError
from .messages import Incoming, read, reply
from .signature import is_signed, sign

__all__ = [
    "Envelope",
    "Incoming",
    "WeChatError",
    "is_signed",
    "read",
    "reply",
    "sign",
]
