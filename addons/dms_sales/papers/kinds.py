"""Three kinds of file are taken; a name or a header of the sender proves nothing."""

import io
import re
import warnings

from PIL import Image

from .errors import PaperError

LARGEST = 10_000_000  # bytes; a photo of a phone has 2 to 6 million
MOST_PIXELS = 60_000_000  # of a phone, and what decoding takes of the memory
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
PDF = re.compile(rb"%PDF-[12]\.\d")
PDF_END = b"%%EOF"
TAIL = 2_048  # bytes after the end that scanners leave


def kind_of(content: bytes) -> str:
    """:return: media type of a photo or PDF, empty for anything else"""
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return "application/pdf" if PDF.match(content) else ""


def check_file(content: bytes) -> str:
    """Look at a file that somebody sent.

    :return: its media type
    :raise PaperError: if it is empty, too large, of another kind, or cut off
    """
    if not content:
        raise PaperError("empty")
    if len(content) > LARGEST:
        raise PaperError("large")
    kind = kind_of(content)
    if not kind:
        raise PaperError("kind")
    if not (_is_image if kind in FORMATS else _is_pdf)(content, kind):
        raise PaperError("damaged")
    return kind


def _is_pdf(content: bytes, _kind: str) -> bool:
    return PDF_END in content[-TAIL:]


def _is_image(content: bytes, kind: str) -> bool:
    """Decode it, so that half a photo is not taken for a whole one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    return False
                image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning):
        return False
    except Image.DecompressionBombError:
        return False
    return True
