"""Messages of a WeChat official account, as its server sends and wants them. No Odoo.

A callback is signed with SHA-1 over token, timestamp and nonce; in safe mode its XML is
sealed with AES-256-CBC under the EncodingAESKey and signed once more with that.

Source: WeChat official accounts platform, message encryption and decryption.
"""

from .callback import Query, check, opened
from .codes import CLOSED, ENOUGH, LATER, STALE, errcode, reason
from .envelope import Envelope
from .errors import WeChatError
from .messages import Incoming, read, reply
from .signature import is_signed, sign
from .tokens import Token, Tokens

__all__ = [
    "CLOSED",
    "ENOUGH",
    "LATER",
    "STALE",
    "Envelope",
    "Incoming",
    "Query",
    "Token",
    "Tokens",
    "WeChatError",
    "check",
    "errcode",
    "is_signed",
    "opened",
    "read",
    "reason",
    "reply",
    "sign",
]
