"""The code on a pass: nobody guesses it, and a guard can type it from paper.

Of signs that look alike (0 O D Q, 1 I L, 2 Z, 5 S, 8 B, U V) at most one is used. What
is left are 23 signs, a prime number: the last sign of a code then shows every single
wrong sign and every two that were swapped.
"""

import re
import secrets
from typing import Final

ALPHABET: Final = "2346789ACEFGHJKMNPRTWXY"
LENGTH: Final = 16  # 15 of them by chance: more than 2^67 codes
GROUP: Final = 4
_DROPPED = re.compile(r"[\s\-‐-―－.]+")
_FULL_WIDTH: Final = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}


class CodeError(ValueError):
    """Why a text is no code.

    :ivar code: ``empty``, ``bad_character``, ``bad_length`` or ``mistyped``
    :ivar found: the sign that no code has
    """

    def __init__(self, code: str, found: str = ""):
        super().__init__(code)
        self.code = code
        self.found = found


def new_code() -> str:
    """:return: a random code that an address may hold as it is"""
    body = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH - 1))
    return body + _check_sign(body)


def parse_code(text: str) -> str:
    """Read what was scanned or typed: a code, or the address that a QR code holds.

    :return: the code in capitals without spaces and dashes
    :raise CodeError: says what is wrong with it
    """
    last = (text or "").translate(_FULL_WIDTH).strip().rstrip("/").rpartition("/")[2]
    code = _DROPPED.sub("", last).upper()
    if not code:
        raise CodeError("empty")
    if found := next((sign for sign in code if sign not in ALPHABET), ""):
        raise CodeError("bad_character", found)
    if len(code) != LENGTH:
        raise CodeError("bad_length")
    if code[-1] != _check_sign(code[:-1]):
        raise CodeError("mistyped")
    return code


def is_code(text: str) -> bool:
    """:return: whether a pass may have this code"""
    try:
        return bool(parse_code(text))
    except CodeError:
        return False


def shown(code: str) -> str:
    """:return: the code as it is printed, in groups of four"""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def _check_sign(body: str) -> str:
    weighted = (n * ALPHABET.index(sign) for n, sign in enumerate(body, start=1))
    # minus: the sum over all signs, the last one included, is then zero
    return ALPHABET[sum(weighted) * _INVERSE % len(ALPHABET)]


# of minus LENGTH, the weight of the last sign
_INVERSE: Final = pow(-LENGTH, -1, len(ALPHABET))
