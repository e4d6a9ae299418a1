"""What the customer sees at the bottom of the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.dms_base.money import ZERO

from .line import BLOCKS, Block
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts in yuan, with VAT.

    :ivar blocks: what the customer pays for each block that has lines
    :ivar customer_pays: for all of them, before anything is set off
    :ivar traded_in: set off for the car given in
    :ivar financed: paid by the lender
    :ivar paid: already
    :ivar cash_needed: still, by the customer at delivery; below zero comes back
    :ivar monthly: first payment to the lender, ``last_payment`` the last
    :ivar months: how many payments
    :ivar interest: what all payments are more than the loan
    """

    blocks: Mapping[Block, Decimal]
    customer_pays: Decimal
    traded_in: Decimal
    financed: Decimal
    paid: Decimal
    monthly: Decimal = ZERO
    last_payment: Decimal = ZERO
    months: int = 0
    interest: Decimal = ZERO

    @property
    def cash_needed(self) -> Decimal:
        return self.customer_pays - self.traded_in - self.financed - self.paid


def totals(sheet: Sheet) -> Totals:
    """:return: what changes before the customer's eyes with each change of the sheet"""
    blocks = {block: sheet.charged(block) for block in BLOCKS if sheet.of(block)}
    financed = sheet.financing.amount if sheet.financing else ZERO
    payments = sheet.financing.payments if sheet.financing else ()
    return Totals(
        blocks=blocks,
        customer_pays=sum(blocks.values(), ZERO),
        traded_in=sheet.trade_in.equity if sheet.trade_in else ZERO,
        financed=financed,
        paid=sheet.paid,
        monthly=payments[0] if payments else ZERO,
        last_payment=payments[-1] if payments else ZERO,
        months=len(payments),
        interest=sum(payments, -financed) if payments else ZERO,
    )
