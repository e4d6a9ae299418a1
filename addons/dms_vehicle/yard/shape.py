"""A slot as it is drawn, before anybody keeps it."""

from dataclasses import dataclass
from typing import Final

from .polygon import Polygon

MAX_SLOTS: Final = 5000  # on one site


@dataclass(frozen=True)
class Shape:
    code: str
    kind: str
    polygon: Polygon
