"""What which cars are spared, from when until when."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from odoo.addons.dms_base.money import percent_of

from .purchase import Purchase


@dataclass(frozen=True, slots=True)
class Relief:
    """One row of the table; both days belong to it.

    :ivar percent: share of the tax that is spared: 100 for exempt, 50 for half
    :ivar passenger_cap: at most so many yuan are spared for a passenger car; ``None``
        for no limit; other vehicles have none
    :ivar electric_km: how far the car must go on its battery
    """

    kind: str
    since: date
    until: date
    percent: Decimal
    passenger_cap: Decimal | None = None
    electric_km: int = 0
    source: str = ""

    def amount(self, full: Decimal, is_passenger: bool) -> Decimal:
        """:return: what is spared of the full tax, in yuan"""
        spared = percent_of(full, self.percent)
        if not is_passenger or self.passenger_cap is None:
            return spared
        return min(spared, self.passenger_cap)

    def missing(self, purchase: Purchase) -> list[str]:
        """:return: conditions not met: ``not_in_catalogue``, ``electric_range``"""
        failed = [] if purchase.in_catalogue else ["not_in_catalogue"]
        if purchase.electric_km < self.electric_km:
            failed.append("electric_range")
        return failed


def relief_on(kind: str, day: date, reliefs: Iterable[Relief]) -> Relief | None:
    """:return: the row for this kind of car and day; of several the last"""
    fitting = [
        row for row in reliefs if row.kind == kind and row.since <= day <= row.until
    ]
    return fitting[-1] if fitting else None


def _relief(row: Mapping[str, str]) -> Relief:
    return Relief(
        kind=row["kind"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]),
        percent=Decimal(row["percent"]),
        passenger_cap=Decimal(row["passenger_cap"]) if row["passenger_cap"] else None,
        electric_km=int(row["electric_km"] or 0),
        source=row["source"],
    )


def _table() -> tuple[Relief, ...]:
    path = Path(__file__).with_name("reliefs.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(map(_relief, csv.DictReader(file)))


RELIEFS: Final = _table()
