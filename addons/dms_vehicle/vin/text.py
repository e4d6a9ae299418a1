"""A VIN as people type, paste and scan it, brought into one form."""

from string import ascii_lowercase, ascii_uppercase
from typing import Final

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_EN_SPACES = "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_FULL_WIDTH = {code + 0xFEE0: chr(code).upper() for code in range(0x21, 0x7F)}
_UPPER = dict(zip(map(ord, ascii_lowercase), ascii_uppercase, strict=True))
_DROPPED = dict.fromkeys(
    map(ord, _SPACES + _EN_SPACES + _DASHES + _INVISIBLE + _DIRECTIONS)
)

_TABLE: Final[dict[int, str | None]] = _UPPER | _FULL_WIDTH | _DROPPED


def normalise(text: str) -> str:
    """Return ``text`` in half-width capitals without spaces, dashes or zero-widths.

    Any other character stays, so that validation can name it and its place.
    Only ASCII letters change case: ``str.upper`` would turn one foreign
    letter into two and move every position after it.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    return text.translate(_TABLE)
