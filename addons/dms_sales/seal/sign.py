"""Sealing a PDF: PAdES B-LT (ETSI EN 319 142-1, 5.4), all of it in one revision."""

import io
from collections.abc import Collection

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .draw import Box
from .errors import SealError
from .identity import Identity
from .revocation import Answers
from .stamper import Stamper

FIELD = "Store"
# the answers stand in the part that is signed: readers see one whole signature
TOGETHER = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)


def seal(
    pdf: bytes,
    identity: Identity,
    stamper: Stamper,
    answers: Answers,
    roots: Collection[str],
    box: Box | None = None,
    reason: str = "",
) -> bytes:
    """Append the seal of a store.

    :param answers: what the authorities said about the certificate
    :param roots: what is trusted, in PEM: for the certificate, and for timestamps
    :param box: where the seal is seen, None for one that is not
    :return: the file, which begins with ``pdf``
    :raise SealError: ``untrusted``, ``refused``
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        name=identity.subject,
        reason=reason or None,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=_context(roots, identity, answers),
        dss_settings=TOGETHER,
    )
    signer = signers.PdfSigner(
        metadata, _signer(identity), timestamper=stamper, new_field_spec=_place(box)
    )
    output = io.BytesIO()
    try:
        signer.sign_pdf(writer, output=output)
    except (PathBuildingError, PathValidationError, SigningError, PdfError) as error:
        raise SealError("untrusted", reason=str(error)) from error
    return output.getvalue()


def certificates(text: str) -> list[x509.Certificate]:
    """:return: the certificates of a PEM, for pyHanko"""
    blocks = pem.unarmor(text.encode(), multiple=True) if text.strip() else ()
    return [x509.Certificate.load(der) for _kind, _headers, der in blocks]


def _context(roots, identity, answers) -> ValidationContext:
    return ValidationContext(
        trust_roots=[one for text in roots for one in certificates(text)],
        other_certs=certificates(identity.chain),
        ocsps=answers.ocsps,
        crls=answers.crls,
        # timestamp authorities need not answer: their stamps are proof of time
        revocation_mode="soft-fail",
        allow_fetching=False,
    )


def _signer(identity: Identity) -> signers.SimpleSigner:
    own, *others = certificates(identity.chain)
    registry = SimpleCertificateStore()
    registry.register_multiple(others)
    _kind, _headers, der = pem.unarmor(identity.key)
    return signers.SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=registry,
    )


def _place(box: Box | None) -> fields.SigFieldSpec:
    if not box:
        return fields.SigFieldSpec(FIELD)
    rectangle = (box.x, box.y, box.x + box.width, box.y + box.height)
    return fields.SigFieldSpec(FIELD, on_page=-1, box=rectangle)
