"""Secrets at rest: SM4-GCM envelopes, a keyring, blind indexes and masks.

Plain Python without Odoo. GB/T 32907 (SM4), GB/T 32905 (SM3), GB/T 36624 and NIST SP
800-38D (GCM) are done by OpenSSL through ``cryptography``.
"""

from .blind import TAG_LENGTH, BlindIndex, BlindIndexes, fold, tag_of
from .envelope import KEY_ID_BYTES, Context, beginnings_of, is_envelope, key_id_of
from .errors import (
    Damaged,
    NotAnEnvelope,
    SealedError,
    UnknownKey,
)
from .keyring import KEY_BYTES, Keyring, new_key, new_key_id
from .masking import MASK_CHARACTER, looks_masked, mask
from .parcel import key_id_of_parcel
