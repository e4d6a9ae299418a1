"""The certificate of a store and its key."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from .errors import SealError

PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Identity:
    """Who seals.

    :ivar chain: certificates in PEM: the store's own first, then those above it
    :ivar key: private key in PEM, not encrypted; it never enters a database
    """

    chain: str
    key: bytes = field(repr=False, default=b"")

    @classmethod
    def from_pkcs12(cls, content: bytes, password: str) -> "Identity":
        """Read the file that an authority hands out.

        :raise SealError: ``password`` or ``no_key``
        """
        try:
            found = pkcs12.load_pkcs12(content, password.encode() or None)
        except ValueError:
            raise SealError("password") from None
        if not found.key or not found.cert:
            raise SealError("no_key")
        certs = [found.cert, *found.additional_certs]
        chain = "".join(one.certificate.public_bytes(PEM).decode() for one in certs)
        key = found.key.private_bytes(
            PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return cls(chain, key)

    @property
    def certificates(self) -> list[x509.Certificate]:
        """The store's own first."""
        return x509.load_pem_x509_certificates(self.chain.encode())

    @property
    def roots(self) -> str:
        """The self-signed ones among them, in PEM."""
        roots = [one for one in self.certificates if one.subject == one.issuer]
        return "".join(one.public_bytes(PEM).decode() for one in roots)

    @property
    def subject(self) -> str:
        """The name that the authority vouches for."""
        names = self.certificates[0].subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else ""

    @property
    def until(self) -> datetime:
        """The end of its validity, UTC without zone."""
        return self.certificates[0].not_valid_after_utc.replace(tzinfo=None)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hexadecimal digits."""
        return self.certificates[0].fingerprint(hashes.SHA256()).hex()
