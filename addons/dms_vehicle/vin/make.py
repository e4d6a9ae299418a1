"""Which make carries the badge where one WMI serves several.

The rules are data (``make_rules.csv``): a pattern for positions 4-8, the
model years it holds for and the make. A ``.`` matches any character and a
pattern may stop early. The first rule that fits decides.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from .table import rows
from .wmi import Maker

VDS_START: Final = 3


@dataclass(frozen=True, slots=True)
class MakeRule:
    """One line of the table: ``fixed`` are (position, character) pairs from zero."""

    fixed: tuple[tuple[int, str], ...]
    first_year: int
    last_year: int
    make: str

    def fits(self, vin: str, year: int) -> bool:
        """Tell whether ``vin`` of model year ``year`` falls under this rule."""
        return self.first_year <= year <= self.last_year and all(
            vin[position] == char for position, char in self.fixed
        )


def _rule(row: dict[str, str]) -> MakeRule:
    fixed = ((at, c) for at, c in enumerate(row["vds"], VDS_START) if c != ".")
    first, last = row["from_year"], row["to_year"]
    return MakeRule(tuple(fixed), int(first), int(last or 9999), row["make"])


def _index() -> dict[str, tuple[MakeRule, ...]]:
    rules: defaultdict[str, tuple[MakeRule, ...]] = defaultdict(tuple)
    for row in rows("make_rules.csv"):
        for wmi in row["wmi"].split():
            rules[wmi] += (_rule(row),)
    return dict(rules)


RULES: Final = _index()


def makes_of(vin: str, maker: Maker, year: int | None) -> tuple[str, ...]:
    """Return the makes ``vin`` may carry, the likeliest first.

    One make where a rule or the WMI settles it; all makes of the WMI where
    neither does; ``()`` where the tables know the maker but no make.
    """
    for rule in RULES.get(vin[:3], ()):
        if rule.fits(vin, year or 0):
            return (rule.make,)
    return maker.makes
