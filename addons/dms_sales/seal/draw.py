"""What a customer drew, put on the last page of what was read."""

import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import StaticStampStyle, TextStampStyle

from .errors import SealError

LARGEST_SIDE = 4_000
FONT_SIZE = 7


@dataclass(frozen=True)
class Box:
    """A place on a page: points from the left lower corner."""

    x: int
    y: int
    width: int
    height: int


def draw(pdf: bytes, picture: bytes, box: Box, words: str) -> bytes:
    """Append a revision that shows the picture on the last page, words below it.

    :param picture: PNG or JPEG; white where nothing was drawn
    :param words: ASCII
    :return: the file, which begins with ``pdf``
    :raise SealError: ``drawing``, ``page``
    """
    image = _opened(picture)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        _show(writer, image, box, words)
        output = io.BytesIO()
        writer.write(output)
    except PdfError as error:
        raise SealError("page", reason=str(error)) from error
    return output.getvalue()


def is_blank(picture: bytes) -> bool:
    """:return: whether nothing is drawn on it
    :raise SealError: ``drawing``
    """
    low, high = _opened(picture).convert("L").getextrema()
    return low == high


def _opened(picture: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG"))
        if max(image.size) > LARGEST_SIDE:
            raise SealError("drawing")
        image.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise SealError("drawing") from None
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _show(writer, image, box, words):
    style = StaticStampStyle(
        background=PdfImage(image, writer=writer),
        background_opacity=1.0,
        border_width=0,
    )
    size = layout.BoxConstraints(box.width, box.height)
    style.create_stamp(writer, size, {}).apply(-1, box.x, box.y)
    line = TextStampStyle(
        stamp_text=words.replace("%", "%%"),
        border_width=0,
        text_box_style=TextBoxStyle(font_size=FONT_SIZE, border_width=0),
    )
    below = layout.BoxConstraints(box.width, FONT_SIZE * 4)
    line.create_stamp(writer, below, {}).apply(-1, box.x, box.y - FONT_SIZE * 4)
