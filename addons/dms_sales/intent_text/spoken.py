"""What people call what the catalogue has a long name for."""

import re

HAN = re.compile(r"[\u4e00-\u9fff]")
LEAST = {True: 2, False: 3}  # signs, of a name with Chinese characters and of others


def spoken(name: str) -> list[str]:
    """:return: the whole name, and its Chinese and its Latin part where it has both

    >>> spoken("朗逸 Lavida")
    ['朗逸 Lavida', '朗逸', 'Lavida']
    >>> spoken("Model 3")
    ['Model 3']
    """
    name = " ".join((name or "").split())
    parts: dict[bool, list[str]] = {True: [], False: []}
    for word in name.split():
        parts[bool(HAN.search(word))].append(word)
    if not all(parts.values()):
        return [name] if name else []
    shorter = [
        " ".join(words)
        for is_han, words in parts.items()
        if len(" ".join(words)) >= LEAST[is_han]
    ]
    return [name, *shorter]
