"""Who may agree to what a customer is offered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.dms_base.money import HUNDRED, ZERO, cents

from .earnings import gross
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Limits:
    """What a role may agree to alone; ``None`` is without limit.

    :ivar amount: discount in yuan, with VAT
    :ivar percent: discount in percent of the car's list price
    :ivar below_floor: how far below the floor price, in yuan with VAT
    :ivar total_gross: the gross that must stay, in yuan without VAT
    """

    role: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    below_floor: Decimal | None = ZERO
    total_gross: Decimal | None = None


class Need(NamedTuple):
    """Why a role's consent is not enough: a code with what it is about."""

    code: str
    facts: Mapping[str, Decimal]


def discount_given(sheet: Sheet) -> Decimal:
    """:return: all that the store gives away, in yuan with VAT

    Not only what is called a discount: also what is charged below the list, such as
    accessories for nothing, and what a car given in gets above its value. The OEM's
    discount is the OEM's.
    """
    below_list = (line.by_list - line.charge for line in sheet.lines)
    given = sum((max(gap, ZERO) for gap in below_list), ZERO)
    if car := sheet.trade_in:
        given += max(car.allowance - car.value, ZERO)
    return given - sheet.charged("store_discount")


def needs(sheet: Sheet, limits: Limits, floor: Decimal | None = None) -> list[Need]:
    """:param floor: the lowest price of this car without question, in yuan with VAT,
        before the OEM's discount
    :return: what goes beyond the limits: ``discount_amount``, ``discount_percent``
        (with ``given`` and ``limit``), ``below_floor`` (``price``, ``floor``),
        ``total_gross`` (``gross``, ``limit``); empty if the role may agree
    """
    return [
        *_discount(sheet, limits),
        *_floor(sheet, limits, floor),
        *_total(sheet, limits),
    ]


def approver(
    sheet: Sheet, ladder: Iterable[Limits], floor: Decimal | None = None
) -> str | None:
    """:param ladder: limits by role, from the one with the least to say upwards
    :return: the first role that may agree, ``None`` if nobody may
    """
    roles = (limits.role for limits in ladder if not needs(sheet, limits, floor))
    return next(roles, None)


def _discount(sheet: Sheet, limits: Limits) -> Iterator[Need]:
    given = discount_given(sheet)
    if limits.amount is not None and given > limits.amount:
        yield Need("discount_amount", {"given": given, "limit": limits.amount})
    listed = sum((line.by_list for line in sheet.of("car")), ZERO)
    if limits.percent is None or listed <= 0:
        return
    if given * HUNDRED > limits.percent * listed:
        facts = {"given": cents(given * HUNDRED / listed), "limit": limits.percent}
        yield Need("discount_percent", facts)


def _floor(sheet: Sheet, limits: Limits, floor: Decimal | None) -> Iterator[Need]:
    if floor is None or limits.below_floor is None or not sheet.of("car"):
        return
    price = sheet.charged("car", "store_discount")
    if price < floor - limits.below_floor:
        yield Need("below_floor", {"price": price, "floor": floor})


def _total(sheet: Sheet, limits: Limits) -> Iterator[Need]:
    if limits.total_gross is None:
        return
    total = gross(sheet).total
    if total < limits.total_gross:
        yield Need("total_gross", {"gross": total, "limit": limits.total_gross})
