"""What a lender and a store have agreed upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from odoo.addons.dms_base.coded_error import CodedError
from odoo.addons.dms_base.money import HUNDRED

from .day_count import DayCount


class TermsError(CodedError):
    """Terms that contradict themselves; ``code`` is stable and meant for programs.

    Codes: ``negative``, ``too_much`` (deposit and curtailments exceed the principal),
    ``bracket_twice``, ``curtailment_twice``.
    """


@dataclass(frozen=True, slots=True)
class Bracket:
    """From this age in days on, interest runs at this percentage a year."""

    from_day: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Curtailment:
    """At this age in days, this percentage of the original principal is paid back."""

    day: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of one car's credit; the age of a credit is counted from its drawing.

    :param brackets: rates by age; before the first bracket nothing is charged
    :param free_days: days without interest, whatever the brackets say
    :param deposit_percent: share of the principal that the store leaves with the bank
    :param deposit_interest_percent: what the bank pays a year on that deposit
    :param late_percent: charge per day on what is still at risk after maturity, on top
        of interest
    """

    day_count: DayCount = DayCount.ACT_360
    brackets: Sequence[Bracket] = ()
    free_days: int = 0
    curtailments: Sequence[Curtailment] = ()
    deposit_percent: Decimal = Decimal(0)
    deposit_interest_percent: Decimal = Decimal(0)
    late_percent: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        by_age = sorted(self.brackets, key=lambda bracket: bracket.from_day)
        object.__setattr__(self, "brackets", tuple(by_age))
        by_day = sorted(self.curtailments, key=lambda curtailment: curtailment.day)
        object.__setattr__(self, "curtailments", tuple(by_day))
        self._check()

    def rate_at(self, age: int) -> Decimal:
        """:return: the percentage a year that runs on the day of this age"""
        if age < self.free_days:
            return Decimal(0)
        begun = [bracket for bracket in self.brackets if bracket.from_day <= age]
        return begun[-1].percent if begun else Decimal(0)

    def ages_of_change(self) -> set[int]:
        """:return: ages at which the rate may change"""
        return {self.free_days, *(bracket.from_day for bracket in self.brackets)}

    def as_json(self) -> dict[str, Any]:
        """:return: the terms as JSON without floats, for keeping with a contract"""
        return {
            "day_count": self.day_count.value,
            "brackets": [[b.from_day, str(b.percent)] for b in self.brackets],
            "free_days": self.free_days,
            "curtailments": [[c.day, str(c.percent)] for c in self.curtailments],
            "deposit_percent": str(self.deposit_percent),
            "deposit_interest_percent": str(self.deposit_interest_percent),
            "late_percent": str(self.late_percent),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Terms":
        """:return: the terms that ``as_json`` wrote"""
        return cls(
            day_count=DayCount(data["day_count"]),
            brackets=[Bracket(day, Decimal(p)) for day, p in data["brackets"]],
            free_days=data["free_days"],
            curtailments=[
                Curtailment(day, Decimal(p)) for day, p in data["curtailments"]
            ],
            deposit_percent=Decimal(data["deposit_percent"]),
            deposit_interest_percent=Decimal(data["deposit_interest_percent"]),
            late_percent=Decimal(data["late_percent"]),
        )

    def _check(self) -> None:
        percents = [item.percent for item in (*self.brackets, *self.curtailments)]
        ages = [b.from_day for b in self.brackets] + [c.day for c in self.curtailments]
        deposit = [self.deposit_percent, self.deposit_interest_percent]
        numbers = [*percents, *ages, *deposit, self.free_days, self.late_percent]
        if min(numbers) < 0:
            raise TermsError("negative")
        paid_back = sum((c.percent for c in self.curtailments), self.deposit_percent)
        if paid_back > HUNDRED:
            raise TermsError("too_much")
        _check_distinct([b.from_day for b in self.brackets], "bracket_twice")
        _check_distinct([c.day for c in self.curtailments], "curtailment_twice")


def _check_distinct(ordered: list[int], code: str) -> None:
    if any(one == other for one, other in pairwise(ordered)):
        raise TermsError(code)
