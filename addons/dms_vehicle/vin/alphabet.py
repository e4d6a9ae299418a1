"""The characters of a VIN and their order (ISO 3779, clause 4.3)."""

from typing import Final

ORDER: Final = "ABCDEFGHJKLMNPRSTUVWXYZ1234567890"
"""The 33 permitted characters in the order ISO 3780 counts them."""

ALPHABET: Final = frozenset(ORDER)

LOOKS_LIKE: Final = {"I": "1", "O": "0", "Q": "0"}
"""Letters a VIN may not contain, with the digit they are mistaken for."""

DIGITS: Final = frozenset("0123456789")
LENGTH: Final = 17
