"""The country a WMI is assigned to (ISO 3780, read from ``iso3780.csv``)."""

from collections.abc import Iterator
from typing import Final

from .alphabet import ORDER
from .table import rows


def _codes(span: str) -> Iterator[str]:
    """Yield the two-character codes of a range such as ``AA-AH``."""
    first, last = span.split("-")
    start, stop = ORDER.index(first[1]), ORDER.index(last[1])
    return (first[0] + second for second in ORDER[start : stop + 1])


COUNTRIES: Final[dict[str, str]] = {
    code: row["country"] for row in rows("iso3780.csv") for code in _codes(row["range"])
}


def country_of(vin: str) -> str | None:
    """Return the ISO 3166 alpha-2 code for the first two characters of ``vin``.

    ``None`` for a range that ISO 3780 leaves unassigned.
    """
    return COUNTRIES.get(vin[:2])
