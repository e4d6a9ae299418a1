"""All of a deal that money hangs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from odoo.addons.dms_base.money import ZERO

from .line import Block, DeskError, Line


class Plan(Protocol):
    """How a loan is paid back; ``loan.Schedule`` is one."""

    @property
    def amount(self) -> Decimal: ...

    @property
    def payments(self) -> Sequence[Decimal]: ...


@dataclass(frozen=True, slots=True)
class Financing:
    """What a lender pays to the store, and what the customer pays back each month.

    Fees and subsidies are lines of the block ``loan``.
    """

    amount: Decimal
    payments: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        if min(self.amount, *self.payments, ZERO) < 0:
            raise DeskError("negative")

    @classmethod
    def of(cls, plan: Plan) -> "Financing":
        """:return: the financing by a schedule of repayment"""
        return cls(plan.amount, tuple(plan.payments))


@dataclass(frozen=True, slots=True)
class TradeIn:
    """A car given in (置换).

    :ivar allowance: what the customer gets for it, in yuan
    :ivar value: what the appraisal says it is worth to the store, in yuan
    :ivar payoff: what the store pays to end the old loan on it, out of the allowance
    """

    allowance: Decimal
    value: Decimal
    payoff: Decimal = ZERO

    def __post_init__(self) -> None:
        if min(self.allowance, self.value, self.payoff) < 0:
            raise DeskError("negative")

    @property
    def equity(self) -> Decimal:
        """What it brings to the new car; below zero if the old loan is larger."""
        return self.allowance - self.payoff


@dataclass(frozen=True, slots=True)
class Sheet:
    """One deal, or one of the variants laid before a customer.

    :ivar paid: what the customer has paid already, in yuan
    """

    lines: tuple[Line, ...] = ()
    trade_in: TradeIn | None = None
    financing: Financing | None = None
    paid: Decimal = ZERO

    def __post_init__(self) -> None:
        if self.paid < 0:
            raise DeskError("negative")

    def of(self, *blocks: Block) -> list[Line]:
        """:return: the lines of these blocks, in their order"""
        return [line for line in self.lines if line.block in blocks]

    def charged(self, *blocks: Block) -> Decimal:
        """:return: what the customer pays for these blocks, in yuan"""
        return sum((line.charge for line in self.of(*blocks)), ZERO)
