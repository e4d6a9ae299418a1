"""How a contract that ends without a car is settled."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from odoo.addons.dms_base.money import ZERO

from .deposit import Deposit, EarnestError

Breach = Literal["buyer", "dealer", "nobody"]
Claim = Literal["earnest", "penalty"]

BREACHES: Final = frozenset(("buyer", "dealer", "nobody"))
CLAIMS: Final = frozenset(("earnest", "penalty"))


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who gets what, in yuan.

    :ivar returned: of the buyer's own money
    :ivar kept: of the buyer's money, by the dealer
    :ivar added: by the dealer on top: the double of the earnest money, or a penalty
    :ivar owed: by the buyer beyond what was paid, when a penalty exceeds it
    """

    returned: Decimal
    kept: Decimal = ZERO
    added: Decimal = ZERO
    owed: Decimal = ZERO

    @property
    def refund(self) -> Decimal:
        """What the dealer pays to the buyer."""
        return self.returned + self.added


def settle(
    deposit: Deposit,
    breach: Breach,
    claims: Collection[Claim] = ("earnest",),
    penalty: Decimal = ZERO,
) -> Settlement:
    """Settle by who failed.

    :param breach: who did not perform; ``nobody`` for a contract ended together or by
        what neither side answers for
    :param claims: what the other side asks for; empty if it lets it be
    :param penalty: the agreed penalty for breach (违约金), in yuan
    :raise EarnestError: above all ``both``: earnest money or penalty, not both (588)
    """
    _check(breach, claims, penalty)
    if breach == "nobody" or not claims:
        return Settlement(deposit.paid)
    amount = penalty if "penalty" in claims else deposit.binding
    if breach == "dealer":
        return Settlement(deposit.paid, added=amount)
    kept = min(amount, deposit.paid)
    return Settlement(deposit.paid - kept, kept=kept, owed=amount - kept)


def better_claim(deposit: Deposit, penalty: Decimal) -> Claim:
    """:return: what brings more to the side that kept its word"""
    return "penalty" if penalty > deposit.binding else "earnest"


def excess_loss(deposit: Deposit, loss: Decimal) -> Decimal:
    """:return: of a proven loss, in yuan, what may be claimed beyond the earnest money
    (article 588, second paragraph)
    """
    if loss < 0:
        raise EarnestError("loss")
    return max(loss - deposit.binding, ZERO)


def _check(breach: str, claims: Collection[str], penalty: Decimal) -> None:
    if breach not in BREACHES:
        raise EarnestError("breach")
    if not CLAIMS.issuperset(claims):
        raise EarnestError("claim")
    if CLAIMS.issubset(claims):
        raise EarnestError("both")
    if penalty < 0:
        raise EarnestError("penalty")
