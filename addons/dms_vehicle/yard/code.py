"""What slots and sites are called, on labels, in messages and on the phone."""

import re
from typing import Final

from .problem import YardError

KINDS: Final = ("showroom", "yard", "charging", "pdi", "test_drive")
SEPARATOR: Final = "/"
_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]{0,14}[A-Z0-9])?$")
_FULL_WIDTH: Final = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}


def parse_code(text: object) -> str:
    """:return: the code in capitals
    :raise YardError: if it cannot stand on a label that every scanner reads
    """
    code = str(text or "").translate(_FULL_WIDTH).strip().upper()
    if not _CODE.match(code):
        raise YardError("bad_code", value=str(text or "")[:40])
    return code


def parse_kind(text: object) -> str:
    """:return: one of ``KINDS``; nothing means a place in the yard"""
    kind = re.sub(r"[\s-]+", "_", str(text or "").strip().lower()) or "yard"
    if kind not in KINDS:
        raise YardError("bad_kind", value=str(text)[:40], kinds=", ".join(KINDS))
    return kind


def label(site: str, slot: str) -> str:
    """:return: what the QR code on a slot says"""
    return f"{site}{SEPARATOR}{slot}"


def split_label(text: str) -> tuple[str, str]:
    """:return: code of the site, empty if none was given, and code of the slot"""
    text = (text or "").translate(_FULL_WIDTH).strip().upper()
    site, _sep, slot = text.rpartition(SEPARATOR)
    return site.strip(), slot.strip()
