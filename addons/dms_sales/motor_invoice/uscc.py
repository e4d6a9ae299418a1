"""The unified social credit code (统一社会信用代码) of companies, GB 32100-2015."""

from typing import Final

ORDER: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters by value: no I, O, S, V, Z."""
LENGTH: Final = 18
MODULUS: Final = 31


def check_character(body: str) -> str:
    """:param body: the first 17 characters
    :return: the eighteenth: weights are powers of 3, modulo 31
    """
    total = sum(ORDER.index(char) * 3**place for place, char in enumerate(body))
    return ORDER[-total % MODULUS]


def is_uscc(text: str) -> bool:
    """Tell whether a text, in capitals and without blanks, is such a code.

    >>> is_uscc("91350100M000100Y43")
    True
    """
    if len(text) != LENGTH or not set(text) <= set(ORDER):
        return False
    return text[-1] == check_character(text[:-1])
