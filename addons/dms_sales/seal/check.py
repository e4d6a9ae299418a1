"""Whether a file is what a store sealed."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import (
    SignatureValidationError,
    ValidationInfoReadingError,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .sign import certificates

WHOLE = SignatureCoverageLevel.ENTIRE_FILE


@dataclass(frozen=True)
class Check:
    """What a file says about itself.

    :ivar code: ``good``; ``altered``: not as it was sealed; ``added``: something was
        appended after the seal; ``untrusted``: sealed by somebody unknown; ``no_time``:
        without a timestamp that can be believed; ``unsigned``; ``unreadable``
    :ivar signer: name in the certificate
    :ivar at: the time that the timestamp authority states, with zone
    """

    code: str
    signer: str = ""
    at: datetime | None = None


def check(pdf: bytes, roots: Collection[str]) -> Check:
    """Check the last seal of a file, without network.

    :param roots: what is trusted, in PEM
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        seals = reader.embedded_regular_signatures
    except Exception:  # of what strangers hand in, readers fail in many ways
        return Check("unreadable")
    if not seals:
        return Check("unsigned")
    return _checked(seals[-1], [one for text in roots for one in certificates(text)])


def _checked(seal, roots) -> Check:
    try:
        status = validate_pdf_signature(seal, _context(roots), _context(roots))
        signer = status.signing_cert.subject.native.get("common_name", "")
    except (SignatureValidationError, ValidationInfoReadingError, SigningError):
        return Check("altered")
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        return Check("altered")
    stamp = status.timestamp_validity
    at = stamp.timestamp if stamp and stamp.intact and stamp.valid else None
    return Check(_code(status, stamp), signer, at)


def _code(status, stamp) -> str:
    if not (status.intact and status.valid):
        return "altered"
    if status.coverage != WHOLE:
        return "added"
    if not status.trusted:
        return "untrusted"
    if not stamp or not (stamp.intact and stamp.valid and stamp.trusted):
        return "no_time"
    return "good"


def _context(roots) -> ValidationContext:
    return ValidationContext(trust_roots=roots, allow_fetching=False)
