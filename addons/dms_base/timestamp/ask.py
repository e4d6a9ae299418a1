"""Asking a timestamp authority over HTTP: RFC 3161, 3.4."""

import hashlib

import requests
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from .check import Stamp, Trust, verify
from .errors import TimestampError

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"
MAX_BYTES = 65_536
TIMEOUT = 20


def request(
    url: str, message: bytes, trust: Trust, timeout: float = TIMEOUT
) -> tuple[Stamp, bytes]:
    """Have an authority stamp ``message``; only its SHA-256 leaves the house.

    :return: the checked stamp, and the answer in DER to keep
    :raise TimestampError: if there is no answer, or not one that holds
    """
    asked = (
        TimestampRequestBuilder()
        .data(message)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .nonce(nonce=True)
        .build()
    )
    answer = _post(url, asked.as_bytes(), timeout)
    digest = hashlib.sha256(message).digest()
    return verify(answer, digest, trust, asked.nonce), answer


def _post(url: str, query: bytes, timeout: float) -> bytes:
    headers = {"Content-Type": QUERY, "Accept": REPLY}
    try:
        with requests.post(
            url, data=query, headers=headers, timeout=timeout, stream=True
        ) as response:
            response.raise_for_status()
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            answer = response.raw.read(MAX_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise TimestampError("unreachable", f"{url}: {error}") from None
    if kind.strip().lower() != REPLY or len(answer) > MAX_BYTES:
        raise TimestampError("unreachable", f"{url} is no timestamp authority")
    return answer
