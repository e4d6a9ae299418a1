"""Readings of an odometer that a guard types at the gate."""

from typing import Final

MOST_KM: Final = 2_000_000


def odometer_problem(km: int | None, least: int, is_needed: bool = False) -> str:
    """:param km: what was read, None for nothing
    :param least: the last reading that is known
    :param is_needed: somebody drives the car and brings it back
    :return: ``""`` if it may be so, else ``missing``, ``negative``, ``too_large`` or
        ``went_back``
    """
    if km is None:
        return "missing" if is_needed else ""
    if km < 0:
        return "negative"
    if km > MOST_KM:
        return "too_large"
    return "went_back" if km < least else ""
