"""What was paid, and how much of it binds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from odoo.addons.dms_base.coded_error import CodedError
from odoo.addons.dms_base.money import ZERO, percent_of

Kind = Literal["earnest", "advance"]

CAP_PERCENT: Final = Decimal(20)
"""Earnest money above this share of the price is an advance (article 586)."""


class EarnestError(CodedError):
    """A case that cannot be; ``code`` is stable and meant for programs.

    Codes: ``price`` (not above zero), ``paid``, ``penalty``, ``loss`` (negative),
    ``both`` (earnest money and penalty claimed), ``breach``, ``claim`` (unknown word).
    """


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money for one car. What was agreed but not paid binds nobody (article 586).

    :ivar price: of the contract, in yuan, as the customer pays it
    :ivar paid: what was really paid, in yuan
    :ivar kind: ``earnest`` only if the contract says 定金; all else is an ``advance``
    """

    price: Decimal
    paid: Decimal
    kind: Kind = "earnest"

    def __post_init__(self) -> None:
        if self.price <= 0:
            raise EarnestError("price")
        if self.paid < 0:
            raise EarnestError("paid")

    @property
    def binding(self) -> Decimal:
        """The part that is earnest money, in yuan."""
        if self.kind != "earnest":
            return ZERO
        return min(self.paid, percent_of(self.price, CAP_PERCENT))

    @property
    def advance(self) -> Decimal:
        """The part that goes back whoever is at fault, in yuan."""
        return self.paid - self.binding
