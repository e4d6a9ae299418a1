"""Driving licences of China: what each class may drive.

Source: 机动车驾驶证申领和使用规定 (Ministry of Public Security, order 162 of 2021),
annex 1 准驾车型及代号.
"""

import re
from datetime import date
from typing import Final

_TOKEN: Final = re.compile(r"[ABC]\d|[DEFMNP]")
_SMALL: Final = ("C1", "C2", "C3", "C4")
# A class may also drive what these may.
_INCLUDES: Final = {
    "A1": ("A3", "B1", "B2", *_SMALL, "M"),
    "A2": ("B1", "B2", *_SMALL, "C6", "M"),
    "A3": _SMALL,
    "B1": (*_SMALL, "M"),
    "B2": (*_SMALL, "M"),
    "C1": _SMALL[1:],
    "C2": (),
    "C3": ("C4",),
    "C4": (),
    "C5": (),
    "C6": (),
    "D": ("E", "F"),
    "E": ("F",),
    "F": (),
    "M": (),
    "N": (),
    "P": (),
}
CLASSES: Final = tuple(_INCLUDES)


def classes_of(text: str) -> tuple[str, ...]:
    """Split what stands on a licence, such as ``A2D``.

    :return: the classes in the order in which they stand there
    :raise ValueError: if something in it is no class
    """
    compact = re.sub(r"[\s,;/、]+", "", text or "").upper()
    found = tuple(_TOKEN.findall(compact))
    if "".join(found) != compact or not set(found) <= set(CLASSES):
        raise ValueError(compact)
    return found


def licence_problem(
    classes: str, valid_until: date | None, needed: str, on: date | None = None
) -> str:
    """:param classes: as they stand on the licence, ``C1`` or ``A2D``
    :param valid_until: its last day, None for one that never ends
    :param needed: class that the car needs
    :param on: last day on which it is driven
    :return: ``""`` if the holder may drive, else ``missing``, ``unreadable``,
        ``wrong_class`` or ``expired``
    """
    if not classes:
        return "missing"
    try:
        held = classes_of(classes)
    except ValueError:
        return "unreadable"
    if not any(needed == one or needed in _INCLUDES[one] for one in held):
        return "wrong_class"
    return "expired" if valid_until and on and valid_until < on else ""
