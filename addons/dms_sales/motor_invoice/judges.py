"""Checks that live in other packages, handed in by who knows those."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .problem import Problem

VIN_LENGTH: Final = 17


@dataclass(frozen=True, slots=True)
class Judges:
    """:ivar is_vin: tells whether 17 characters may be a VIN, with its check digit
    :ivar is_resident: tells whether a text may be the number of a resident card
    """

    is_vin: Callable[[str], bool]
    is_resident: Callable[[str], bool]


def vin_problems(vin: str, judges: Judges) -> Iterator[Problem]:
    """:return: ``vin_length`` for other than 17 characters, else ``vin`` if refused"""
    if len(vin) != VIN_LENGTH:
        yield Problem("vin_length", {"vin": vin, "length": len(vin)})
    elif not judges.is_vin(vin):
        yield Problem("vin", {"vin": vin})
