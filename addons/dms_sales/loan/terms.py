"""What a lender and a customer agree upon."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from odoo.addons.dms_base.coded_error import CodedError
from odoo.addons.dms_base.money import ZERO, cents

Method = Literal["annuity", "linear", "balloon", "flat"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)


class LoanError(CodedError):
    """Terms that cannot be; ``code`` is stable and meant for programs.

    Codes: ``method``, ``amount`` (not above zero or not whole cents), ``months`` (fewer
    than one), ``percent`` (negative), ``balloon`` (negative, not below the amount, or
    not with this method), ``other_loan`` (two plans that are not of one loan).
    """


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan, paid back month by month, the first time a month after its start.

    :ivar amount: lent, in yuan
    :ivar percent: a year, on what is still owed; with ``flat`` on the whole amount for
        the whole time, as a fee
    :ivar method: ``annuity`` equal instalments, ``linear`` equal principal, ``balloon``
        equal instalments and a large one, ``flat`` amount and fee in equal parts
    :ivar balloon: principal left for the last month, in yuan
    """

    amount: Decimal
    months: int
    percent: Decimal
    method: Method = "annuity"
    balloon: Decimal = ZERO

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise LoanError("method")
        if self.amount <= 0 or self.amount != cents(self.amount):
            raise LoanError("amount")
        if self.months < 1:
            raise LoanError("months")
        if self.percent < 0:
            raise LoanError("percent")
        if not self._balloon_fits():
            raise LoanError("balloon")

    def _balloon_fits(self) -> bool:
        if self.method != "balloon":
            return not self.balloon
        whole = self.balloon == cents(self.balloon)
        return whole and 0 <= self.balloon < self.amount
