"""Reliable delivery over HTTP, without Odoo: how to send, sign, wait and give up."""

from .addresses import AddressGuard, AddressRefused
from .attempts import Fate, Result, attempt, fate, probe
from .breaker import Breaker, BreakerPolicy, BreakerState
from .client import Client, Limits
from .credentials import AUTH_KINDS, Credentials
from .exchange import (
    Answer,
    Incoming,
    Malformed,
    Message,
    NoAnswer,
    NotSent,
    Request,
)
from .keys import canonical_json, derived_key, digest, unique_key
from .nonces import NonceMemory
from .outcome import Outcome, Verdict
from .registry import Provider, provider, providers, register
from .retry import RetrySchedule
from .signature import SignatureRefused
from . import http_json
from . import webhook
