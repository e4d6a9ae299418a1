"""Timestamps by an outside authority (RFC 3161): asking for them and checking them."""

from .errors import TimestampError
from .ask import MAX_BYTES, QUERY, REPLY, check_answer, query, request
from .check import Stamp, Trust, decode, verify
