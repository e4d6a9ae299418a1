"""Asking a timestamp authority over HTTP: RFC 3161, 3.4."""

import hashlib

import requests
from asn1crypto import tsp
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
    asked = query(message)
    answer = _post(url, asked, timeout)
    return check_answer(answer, asked, message, trust), answer


def query(message: bytes) -> bytes:
    """:return: a request in DER, with a number of its own, for the certificate, too"""
    builder = TimestampRequestBuilder().data(message)
    builder = builder.hash_algorithm(HashAlgorithm.SHA256)
    return builder.cert_request(cert_request=True).nonce(nonce=True).build().as_bytes()


def check_answer(answer: bytes, asked: bytes, message: bytes, trust: Trust) -> Stamp:
    """Check the answer to the request ``asked``, which ``query(message)`` made.

    :raise TimestampError: names what is wrong
    """
    nonce = tsp.TimeStampReq.load(asked)["nonce"].native
    return verify(answer, hashlib.sha256(message).digest(), trust, nonce)


def _post(url: str, asked: bytes, timeout: float) -> bytes:
    headers = {"Content-Type": QUERY, "Accept": REPLY}
    try:
        with requests.post(
            url, data=asked, headers=headers, timeout=timeout, stream=True
        ) as response:
            response.raise_for_status()
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            answer = response.raw.read(MAX_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise TimestampError("unreachable", f"{url}: {error}") from None
    if kind.strip().lower() != REPLY or len(answer) > MAX_BYTES:
        raise TimestampError("unreachable", f"{url} is no timestamp authority")
    return answer
