"""What is asked of a timestamp authority, and its answer: RFC 3161, 2.4 and 3.4."""

import hashlib

from asn1crypto import tsp
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from .check import Stamp, Trust, verify

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"


def query(message: bytes) -> bytes:
    """Only the SHA-256 of the message is in it.

    :return: a request in DER, with a number of its own, for the certificate, too
    """
    builder = TimestampRequestBuilder().data(message)
    builder = builder.hash_algorithm(HashAlgorithm.SHA256)
    return builder.cert_request(cert_request=True).nonce(nonce=True).build().as_bytes()


def check_answer(answer: bytes, asked: bytes, message: bytes, trust: Trust) -> Stamp:
    """Check the answer to the request ``asked``, which ``query(message)`` made.

    :raise TimestampError: names what is wrong
    """
    nonce = tsp.TimeStampReq.load(asked)["nonce"].native
    return verify(answer, hashlib.sha256(message).digest(), trust, nonce)
