"""The result of an inspection from the results of its items."""

from collections.abc import Iterable
from typing import NamedTuple

from .limits import is_within


class Item(NamedTuple):
    """One thing to check, and what was found.

    :ivar result: ``ok``, ``defect``, ``na`` (not applicable), ``""`` for not checked
    :ivar repair_needed: the defect keeps the car from its customer
    :ivar accepted: somebody in charge lets the car go with this defect
    """

    result: str = ""
    required: bool = True
    needs_photo: bool = False
    photos: int = 0
    measured: bool = False
    value: float = 0
    minimum: float = 0
    maximum: float = 0
    repair_needed: bool = False
    accepted: bool = False


def problem_of(item: Item) -> str:
    """Say why an inspection cannot end with this item as it is.

    :return: ``""``, ``not_checked``, ``no_photo`` or ``out_of_limits``
    """
    if not item.result:
        return "not_checked" if item.required else ""
    if item.result == "na":
        return ""
    if item.needs_photo and not item.photos:
        return "no_photo"
    if item.result == "ok" and item.measured and not _is_right(item):
        return "out_of_limits"
    return ""


def problems(items: Iterable[Item]) -> list[tuple[int, str]]:
    """:return: (place in ``items``, problem) of each item that is not ready"""
    found = ((place, problem_of(item)) for place, item in enumerate(items))
    return [(place, problem) for place, problem in found if problem]


def verdict(items: Iterable[Item]) -> str:
    """:return: ``incomplete`` while an item is not ready, else ``passed`` or ``failed``

    A defect fails the car if it must be repaired and nobody lets it go like that.
    """
    items = list(items)
    if not any(item.result for item in items) or problems(items):
        return "incomplete"
    return "failed" if any(map(_fails, items)) else "passed"


def _fails(item: Item) -> bool:
    return item.result == "defect" and item.repair_needed and not item.accepted


def _is_right(item: Item) -> bool:
    return is_within(item.value, item.minimum, item.maximum)
