"""One line of the sheet."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from odoo.addons.dms_base.coded_error import CodedError
from odoo.addons.dms_base.money import ZERO

Block = Literal[
    "car",
    "oem_discount",
    "store_discount",
    "accessories",
    "insurance",
    "registration",
    "purchase_tax",
    "loan",
    "trade_in",
    "rebate",
    "commission",
]
BLOCKS: Final[tuple[Block, ...]] = get_args(Block)

FRONT: Final[tuple[Block, ...]] = ("car", "oem_discount", "store_discount", "trade_in")
"""What is earned with the car itself (前端)."""
BACK: Final[tuple[Block, ...]] = (
    *("accessories", "insurance", "registration", "purchase_tax", "loan"),
)
"""What is earned around it (后端)."""

INVOICED_WITH_CAR: Final = frozenset(("car", "oem_discount", "store_discount"))
DISCOUNTS: Final = frozenset(("oem_discount", "store_discount"))
UNSEEN: Final = frozenset(("trade_in", "rebate", "commission"))
"""Blocks of which the customer pays nothing by a line."""


class DeskError(CodedError):
    """A sheet that cannot be; ``code`` is stable and meant for programs.

    Codes: ``block`` (unknown), ``discount`` (adds to the price), ``charge`` (the
    customer pays for what is not the customer's), ``negative`` (cost, income, VAT,
    values of a car given in, a loan or what was paid).
    """


@dataclass(frozen=True, slots=True)
class Line:
    """What is sold, arranged, taken off or spent, in yuan.

    :ivar charge: what the customer pays for it, with VAT; below zero takes off
    :ivar cost: what the store spends on it, without VAT: purchase, fitting labour, an
        interest subsidy, the commission of who sold
    :ivar income: what somebody else pays for it, with VAT: a lender's or insurer's
        commission, the OEM's part of a discount, a rebate
    :ivar percent: VAT in ``charge`` and ``income``
    :ivar is_passed_on: ``charge`` is collected for somebody else, such as a tax or a
        premium: nothing of it is earned
    :ivar listed: what the customer would pay by the price list, ``None`` for ``charge``
    """

    block: Block
    charge: Decimal = ZERO
    cost: Decimal = ZERO
    income: Decimal = ZERO
    percent: Decimal = Decimal(13)
    is_passed_on: bool = False
    listed: Decimal | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if self.block not in BLOCKS:
            raise DeskError("block")
        if self.block in DISCOUNTS and self.charge > 0:
            raise DeskError("discount")
        if self.block in UNSEEN and self.charge:
            raise DeskError("charge")
        if min(self.cost, self.income, self.percent) < 0:
            raise DeskError("negative")

    @property
    def by_list(self) -> Decimal:
        """What the list says, or what is charged if no list knows it."""
        return self.charge if self.listed is None else self.listed
