"""二手车销售统一发票: the market issues it when a used car changes hands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from .capitals import capitals
from .judges import Judges, vin_problems
from .party import Party, party_problems
from .problem import Problem
from .split import Split, split

RATES: Final = ((date(2020, 5, 1), date(2027, 12, 31), Decimal("0.5")),)
"""Since, until, VAT in percent for who deals in used cars.

Source: 财政部 税务总局公告2020年第17号, 2023年第63号.
"""

NEEDED: Final = ("plate", "registration", "category", "model", "office")


class RateError(ValueError):
    """No rate is known for a day."""


@dataclass(frozen=True, slots=True)
class UsedInvoice:
    """One used car sold, amount in yuan.

    :ivar plate: 车牌照号
    :ivar registration: 登记证号
    :ivar office: 转入地车管所
    :ivar gross: 车价合计
    :ivar market: 二手车市场; ``dealer``: 经营或拍卖单位, ``None`` between two private
        people
    """

    buyer: Party
    seller: Party
    market: Party
    gross: Decimal
    vin: str
    plate: str = ""
    registration: str = ""
    category: str = ""
    model: str = ""
    office: str = ""
    dealer: Party | None = None
    code: str = ""
    number: str = ""
    issued_on: date | None = None
    remark: str = ""
    drawer: str = ""

    @property
    def words(self) -> str:
        """The price in capitals (大写)."""
        return capitals(self.gross)

    def split(self, day: date) -> Split:
        """:return: what a dealer owes of the price, by the rate of the day"""
        return split(self.gross, used_percent(day))


def used_percent(day: date) -> Decimal:
    """:return: VAT in percent on the net price of a dealer's used car
    :raise RateError: if no rate is known for that day
    """
    for since, until, percent in RATES:
        if since <= day <= until:
            return percent
    raise RateError(f"No VAT rate for used cars is known for {day}.")


def used_problems(invoice: UsedInvoice, judges: Judges) -> list[Problem]:
    """:return: all that is wrong, codes as ``problems`` has them"""
    parties = {"buyer": invoice.buyer, "seller": invoice.seller}
    parties["market"] = invoice.market
    if invoice.dealer:
        parties["dealer"] = invoice.dealer
    found = [
        problem
        for role, party in parties.items()
        for problem in party_problems(party, role, judges)
    ]
    return [*found, *vin_problems(invoice.vin, judges), *_rest(invoice)]


def _rest(invoice: UsedInvoice) -> Iterator[Problem]:
    for name in NEEDED:
        if not getattr(invoice, name).strip():
            yield Problem("missing", {"field": name})
    if invoice.gross <= 0:
        yield Problem("amount", {"gross": invoice.gross})
