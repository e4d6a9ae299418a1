"""An authority for certificates of stores: issues them, answers by OCSP and by CRL."""

import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from .faults import Fault
from .ledger import Received, Reply
from .registry import register
from .server import Simulator

DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
CRL = "/store.crl"
DAY = datetime.timedelta(days=1)


@register("certificate_authority")
class CertificateAuthority(Simulator):
    """Answers questions on the certificates it has issued; each answer is fresh."""

    title = "Certificate authority"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._key = _new_key()
        self._name = _name("Test certificate authority")
        self.revoked: dict[int, datetime.datetime] = {}
        builder = self._builder(self._name, self._key.public_key(), 3650)
        builder = builder.add_extension(x509.BasicConstraints(True, None), True)
        builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), True)
        self._root = builder.sign(self._key, hashes.SHA256())

    @property
    def pem(self) -> str:
        """The root certificate."""
        return self._root.public_bytes(PEM).decode()

    def issue(self, name: str, days: int = 365) -> x509.Certificate:
        """:return: the certificate of a new key, which is thrown away"""
        return self._issue(name, _new_key(), days)

    def pkcs12(self, name: str, password: str, days: int = 365) -> bytes:
        """:return: certificate, key and root for a store, as authorities hand out"""
        key = _new_key()
        return pkcs12.serialize_key_and_certificates(
            name.encode(),
            key,
            self._issue(name, key, days),
            [self._root],
            serialization.BestAvailableEncryption(password.encode()),
        )

    def revoke(self, serial: int) -> None:
        self.revoked[serial] = _now()

    def is_question(self, received: Received) -> bool:
        return received.path == CRL

    def answer(self, received: Received, fault: Fault) -> Reply:
        """Certificates change: no answer is repeated."""
        self.ledger.note(received)
        if not fault.has_effect:
            return Reply(fault.status or 500, b"told to fail", "text/plain")
        if received.path == CRL:
            return Reply(200, self._list(), "application/pkix-crl")
        return Reply(200, self._status(received.body), "application/ocsp-response")

    def key(self, received: Received) -> str:
        return hashlib.sha256(received.body).hexdigest()

    def _issue(self, name, key, days) -> x509.Certificate:
        builder = self._builder(_name(name), key.public_key(), days)
        builder = builder.add_extension(x509.BasicConstraints(False, None), True)
        builder = builder.add_extension(
            _usage(digital_signature=True, content_commitment=True), True
        )
        place = x509.UniformResourceIdentifier(f"{self.url}/ocsp")
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
        builder = builder.add_extension(
            x509.AuthorityInformationAccess([access]), False
        )
        listed = x509.UniformResourceIdentifier(f"{self.url}{CRL}")
        point = x509.DistributionPoint([listed], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), False)
        return builder.sign(self._key, hashes.SHA256())

    def _builder(self, subject, public, days) -> x509.CertificateBuilder:
        now = _now()
        identifier = x509.SubjectKeyIdentifier.from_public_key(public)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(
            self._key.public_key()
        )
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY)
            .not_valid_after(now + days * DAY)
            .add_extension(identifier, False)
            .add_extension(authority, False)
        )

    def _list(self) -> bytes:
        now = _now()
        builder = x509.CertificateRevocationListBuilder().issuer_name(self._name)
        builder = builder.last_update(now - DAY).next_update(now + 7 * DAY)
        for serial, at in self.revoked.items():
            one = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(one.revocation_date(at).build())
        return builder.sign(self._key, hashes.SHA256()).public_bytes(DER)

    def _status(self, body: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(body)
        at = self.revoked.get(asked.serial_number)
        now = _now()
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            asked.issuer_name_hash,
            asked.issuer_key_hash,
            asked.serial_number,
            asked.hash_algorithm,
            ocsp.OCSPCertStatus.REVOKED if at else ocsp.OCSPCertStatus.GOOD,
            now,
            now + DAY,
            at,
            x509.ReasonFlags.key_compromise if at else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self._root)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(DER)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _now() -> datetime.datetime:
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.replace(microsecond=0)


def _usage(**used: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment"),
        *("data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
        *("encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: used.get(name, False) for name in names})
