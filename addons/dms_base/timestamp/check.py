"""Checking the answer of a timestamp authority: RFC 3161, 2.2 to 2.4; RFC 5816.

Parsing, signature and chain (at the time stamped) are those of ``rfc3161-client``.
Beyond it, the certificate must serve timestamps only, and the signature must name it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    PKIStatus,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from .errors import TimestampError

ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


@dataclass(frozen=True)
class Trust:
    """Certificates a reader believes: roots, what lies between, the authority's own."""

    roots: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...] = ()
    authority: x509.Certificate | None = None

    @classmethod
    def from_pem(cls, pem: bytes) -> "Trust":
        """Sort the certificates of a file: self-signed ones are roots.

        :raise TimestampError: ``untrusted`` if there is no root among them
        """
        try:
            given = x509.load_pem_x509_certificates(pem)
        except ValueError:
            raise TimestampError("untrusted", "not certificates in PEM") from None
        roots = tuple(cert for cert in given if cert.subject == cert.issuer)
        if not roots:
            raise TimestampError("untrusted", "no root certificate among those given")
        others = [cert for cert in given if cert not in roots]
        own = [cert for cert in others if not _is_issuer(cert)]
        between = tuple(cert for cert in others if cert not in own)
        return cls(roots, between, own[0] if len(own) == 1 else None)


@dataclass(frozen=True)
class Stamp:
    """What the authority states: something with this hash existed at that time."""

    at: datetime
    authority: str
    serial: int
    policy: str


def verify(
    answer: bytes,
    digest: bytes,
    trust: Trust,
    nonce: int | None = None,
    algorithm: str = "sha256",
) -> Stamp:
    """Check the answer of an authority completely.

    :param answer: TimeStampResp in DER
    :param digest: hash of what was to be stamped, by ``algorithm``
    :param nonce: the number sent along, if this is the answer to a request of ours
    :raise TimestampError: names what is wrong
    """
    response = decode(answer)
    imprint = response.tst_info.message_imprint
    if ALGORITHMS.get(imprint.hash_algorithm.dotted_string) != algorithm:
        raise TimestampError("not_ours", "the hash is of another algorithm")
    if imprint.message != digest:
        raise TimestampError("not_ours", "the timestamp is of something else")
    if nonce is not None and response.tst_info.nonce != nonce:
        raise TimestampError("not_ours", "the answer is to another request")
    _verify_chain(response, digest, trust)
    signer = _signer(response, trust)
    _verify_signer(response, signer)
    return _stamp(response, signer)


def decode(answer: bytes) -> TimeStampResponse:
    """:return: a timestamp of which nothing is proven yet
    :raise TimestampError: ``malformed``, or ``refused`` if the authority did not stamp
    """
    try:
        response = decode_timestamp_response(answer)
        granted = response.status == PKIStatus.GRANTED.value
        is_stamp = granted and response.tst_info.message_imprint is not None
    except ValueError as error:
        raise TimestampError("malformed", f"not a timestamp: {error}") from None
    if not is_stamp:
        raise TimestampError("refused", f"the authority answered {response.status}")
    return response


def _verify_chain(response: TimeStampResponse, digest: bytes, trust: Trust) -> None:
    verifier = VerifierBuilder(
        roots=list(trust.roots),
        intermediates=list(trust.intermediates),
        tsa_certificate=trust.authority,
    ).build()
    try:
        verifier.verify(response, digest)
    except (VerificationError, ValueError) as error:
        raise TimestampError("untrusted", str(error)) from None


def _signer(response: TimeStampResponse, trust: Trust) -> x509.Certificate:
    """:return: the certificate the signature says it was made with"""
    (info,) = response.signed_data.signer_infos
    embedded = map(x509.load_der_x509_certificate, response.signed_data.certificates)
    known = [trust.authority] if trust.authority else []
    return next(
        cert
        for cert in [*known, *embedded]
        if (cert.issuer, cert.serial_number) == (info.issuer, info.serial_number)
    )


def _verify_signer(response: TimeStampResponse, signer: x509.Certificate) -> None:
    if _usages(signer) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise TimestampError("untrusted", "the certificate serves more than timestamps")
    der = signer.public_bytes(Encoding.DER)
    if not any(_names(reference, der) for reference in _references(response)):
        raise TimestampError("untrusted", "the signature names another certificate")


def _is_issuer(cert: x509.Certificate) -> bool:
    try:
        return cert.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _usages(cert: x509.Certificate) -> list[x509.ObjectIdentifier]:
    try:
        usages = cert.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return []
    return list(usages)


def _references(response: TimeStampResponse) -> Iterable[tsp.ESSCertID]:
    """:return: the first reference of each signed attribute that names certificates"""
    token = cms.ContentInfo.load(response.time_stamp_token())
    for attribute in token["content"]["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native.startswith("signing_certificate"):
            yield attribute["values"][0]["certs"][0]


def _names(reference: tsp.ESSCertID, der: bytes) -> bool:
    algorithm = "sha1"
    if isinstance(reference, tsp.ESSCertIDv2):
        algorithm = reference["hash_algorithm"]["algorithm"].native
    return hashlib.new(algorithm, der).digest() == reference["cert_hash"].native


def _stamp(response: TimeStampResponse, signer: x509.Certificate) -> Stamp:
    info = response.tst_info
    return Stamp(
        info.gen_time,
        signer.subject.rfc4514_string(),
        info.serial_number,
        info.policy.dotted_string,
    )
