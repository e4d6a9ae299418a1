"""Words in braces, replaced once: what is filled in is never read as a word itself."""

import re
from collections.abc import Mapping

from .errors import ContractError

WORD = re.compile(r"\{(\w+)\}")


def names(text: str) -> set[str]:
    """:return: the words in braces"""
    return set(WORD.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """:param values: by word; an empty one is a gap no contract may have
    :raise ContractError: ``unknown`` or ``empty``
    """

    def value(match: re.Match) -> str:
        name = match[1]
        if name not in values:
            raise ContractError("unknown", name=name)
        if not values[name]:
            raise ContractError("empty", name=name)
        return values[name]

    return WORD.sub(value, text)
