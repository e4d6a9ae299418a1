"""The number printed on a certificate.

A domestic one (机动车合格证) has 15 letters or digits; that of an imported car
(货物进口证明书) is of no fixed length.
"""

import re
from typing import Final

from odoo.addons.dms_base.coded_error import CodedError

KINDS: Final = ("domestic", "import")
DOMESTIC_LENGTH: Final = 15
IMPORT_LENGTHS: Final = (6, 24)
_DROPPED = re.compile(r"[\s\-‐-―－·.]+")
_FOREIGN = re.compile(r"[^A-Z0-9]")
_FULL_WIDTH: Final = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}


class NumberError(CodedError):
    """Why a text is no certificate number.

    :ivar code: ``empty``, ``bad_character``, ``bad_length`` or
        ``no_digit``
    :ivar params: what the message needs
    """


def parse_number(text: str, kind: str = "domestic") -> str:
    """:return: the number in capitals without spaces and dashes
    :raise NumberError: says what is wrong with it
    """
    number = _DROPPED.sub("", (text or "").translate(_FULL_WIDTH)).upper()
    if not number:
        raise NumberError("empty")
    if found := _FOREIGN.search(number):
        raise NumberError(
            "bad_character", found=found.group(), position=found.start() + 1
        )
    _check_length(number, kind)
    if not any(map(str.isdigit, number)):
        raise NumberError("no_digit", number=number)
    return number


def _check_length(number: str, kind: str) -> None:
    shortest, longest = (
        IMPORT_LENGTHS if kind == "import" else (DOMESTIC_LENGTH, DOMESTIC_LENGTH)
    )
    if shortest <= len(number) <= longest:
        return
    raise NumberError(
        "bad_length",
        number=number,
        length=len(number),
        shortest=shortest,
        longest=longest,
    )
