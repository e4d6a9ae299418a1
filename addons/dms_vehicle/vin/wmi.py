"""Who built the car: the world manufacturer identifier (ISO 3780).

A maker of more than 500 cars a year has three characters of its own. A
smaller one shares them, with ``9`` in third place, and is told apart by
positions 12-14.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .table import rows

LOW_VOLUME: Final = "9"


@dataclass(frozen=True, slots=True)
class Maker:
    """One WMI: who holds it and which makes leave the works under it.

    ``makes`` are in order of how common they are; ``makes_zh`` run parallel
    or are empty. ``light`` is true for makers of vehicles up to 10,000 lb,
    which 49 CFR 565 treats apart. ``source`` is explained in SOURCES.md.
    """

    wmi: str
    makes: tuple[str, ...]
    name: str
    light: bool
    source: str
    makes_zh: tuple[str, ...] = ()
    name_zh: str = ""


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _world(name: str, source: str = "vPIC") -> Iterator[Maker]:
    for row in rows(name):
        yield Maker(
            wmi=row["wmi"],
            makes=_split(row["make"]),
            name=row["maker"],
            light=row["light"] == "1",
            source=row.get("source", source),
        )


def _china() -> Iterator[Maker]:
    for row in rows("wmi_china.csv"):
        yield Maker(
            wmi=row["wmi"],
            makes=_split(row["brand_en"]),
            name=row["maker_en"],
            light=True,
            source=row["source"],
            makes_zh=_split(row["brand_zh"]),
            name_zh=row["maker_zh"],
        )


def _index(*makers: Iterator[Maker]) -> dict[str, Maker]:
    """Index by WMI; where two tables know one, the later table is right."""
    return {maker.wmi: maker for table in makers for maker in table}


MAKERS: Final[dict[str, Maker]] = _index(
    _world("wmi_vpic.csv"), _world("wmi_supplement.csv"), _china()
)


def wmi_of(vin: str) -> str:
    """Return the WMI of ``vin``: three characters, six for a low-volume maker."""
    return vin[:3] + vin[11:14] if vin[2] == LOW_VOLUME else vin[:3]


def maker_of(wmi: str) -> Maker | None:
    """Return the holder of ``wmi``, or ``None`` if no table has it."""
    return MAKERS.get(wmi) or MAKERS.get(wmi[:3])
