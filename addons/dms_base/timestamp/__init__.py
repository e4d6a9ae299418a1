"""Timestamps by an outside authority (RFC 3161): asking for them and checking them."""

from .errors import TimestampError
from .ask import QUERY, REPLY, check_answer, query
from .check import Stamp, Trust, decode, verify
