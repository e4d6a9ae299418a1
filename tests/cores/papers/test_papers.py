import io

import pytest
from PIL import Image

from odoo.addons.dms_sales.papers import LARGEST, PaperError, check_file, kind_of

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (90, 120, 150)).save(file, kind)
    return file.getvalue()


def code(content: bytes) -> str:
    with pytest.raises(PaperError) as caught:
        check_file(content)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (PDF, "application/pdf"),
    ],
)
def test_photos_and_pdf_are_taken(content: bytes, kind: str) -> None:
    assert check_file(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04 a workbook",
        picture("GIF"),
        picture("WEBP"),
        b" %PDF-1.7 not at the beginning %%EOF",
        "身份证".encode(),
    ],
)
def test_nothing_else_is_taken_whatever_it_is_called(content: bytes) -> None:
    assert code(content) == "kind"


def test_a_page_behind_the_head_of_a_photo_is_no_photo() -> None:
    assert code(b"\xff\xd8\xff<html><script>alert(1)</script>") == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_photo_is_told_from_a_whole_one(kind: str) -> None:
    content = picture(kind, (600, 400))
    assert code(content[: len(content) // 2]) == "damaged"


def test_a_pdf_that_was_cut_off_is_not_taken() -> None:
    assert code(PDF.removesuffix(b"%%EOF\n")) == "damaged"


def test_an_empty_file_is_not_taken() -> None:
    assert code(b"") == "empty"


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    room = LARGEST - len(PDF)
    assert check_file(b"%PDF-1.7" + bytes(room) + PDF[8:]) == "application/pdf"
    assert code(b"%PDF-1.7" + bytes(room + 1) + PDF[8:]) == "large"


def test_a_small_file_with_a_huge_picture_is_not_opened() -> None:
    bomb = picture("PNG", (1, 1))
    size = (60_000).to_bytes(4, "big") * 2
    assert code(bomb[:16] + size + bomb[24:]) == "damaged"


def test_the_kind_is_read_from_the_content() -> None:
    assert kind_of(picture("JPEG")) == "image/jpeg"
    assert kind_of(b"hello") == ""
