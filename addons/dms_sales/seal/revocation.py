"""What authorities say today about certificates, to be kept with the signature."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID

from .errors import SealError

Send = Callable[[str, str, dict[str, str], bytes], bytes]
"""``send(method, url, headers, body)`` returns the body of the answer."""

OCSP = AuthorityInformationAccessOID.OCSP
DER = serialization.Encoding.DER


@dataclass
class Answers:
    """:ivar ocsps: OCSPResponse in DER
    :ivar crls: CertificateList in DER
    """

    ocsps: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)


def ask(certificates: list[x509.Certificate], send: Send) -> Answers:
    """Ask about each certificate whose issuer is among them, which roots are not.

    :raise SealError: ``revoked``; what ``send`` raises goes through
    """
    answers = Answers()
    issuers = {one.subject: one for one in certificates}
    for certificate in certificates:
        issuer = issuers.get(certificate.issuer)
        if issuer and certificate.subject != certificate.issuer:
            _ask_one(certificate, issuer, send, answers)
    return answers


def _ask_one(certificate, issuer, send, answers):
    for url in _responders(certificate):
        answers.ocsps.append(_ask_responder(url, certificate, issuer, send))
    for url in _lists(certificate):
        answers.crls.append(_der(send("GET", url, {}, b"")))


def _responders(certificate) -> list[str]:
    try:
        access = certificate.extensions.get_extension_for_oid(
            ExtensionOID.AUTHORITY_INFORMATION_ACCESS
        )
    except x509.ExtensionNotFound:
        return []
    found = [one for one in access.value if one.access_method == OCSP]
    return [one.access_location.value for one in found]


def _lists(certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_oid(
            ExtensionOID.CRL_DISTRIBUTION_POINTS
        )
    except x509.ExtensionNotFound:
        return []
    return [name.value for point in points.value for name in point.full_name or ()]


def _ask_responder(url, certificate, issuer, send) -> bytes:
    builder = ocsp.OCSPRequestBuilder()
    query = builder.add_certificate(certificate, issuer, hashes.SHA1()).build()
    headers = {"Content-Type": "application/ocsp-request"}
    content = send("POST", url, headers, query.public_bytes(DER))
    try:
        answer = ocsp.load_der_ocsp_response(content)
        status = answer.certificate_status
    except ValueError:
        raise SealError("no_answer", url=url) from None
    if status == ocsp.OCSPCertStatus.REVOKED:
        raise SealError("revoked")
    return content


def _der(content: bytes) -> bytes:
    if content.startswith(b"-----BEGIN"):
        return x509.load_pem_x509_crl(content).public_bytes(DER)
    return content
