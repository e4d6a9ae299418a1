"""What an OEM or a store pays so that a customer pays less (贴息)."""

from decimal import Decimal
from typing import NamedTuple

from odoo.addons.dms_base.money import cents

from .instalments import schedule
from .present import present_value
from .rate import monthly
from .terms import Loan, LoanError


class Subsidy(NamedTuple):
    """What the lender is to get from somebody else than the customer, in yuan.

    :ivar gap: the interest the customer does not pay, spread over the months
    :ivar upfront: what makes the customer's payments worth the amount lent, at the
        lender's rate, when paid at once
    """

    gap: Decimal
    upfront: Decimal


def subsidy(lender: Loan, customer: Loan) -> Subsidy:
    """Compare what the lender asks for with what the customer is offered.

    >>> asked = Loan(Decimal(120_000), 36, Decimal("4.80"))
    >>> subsidy(asked, Loan(Decimal(120_000), 36, Decimal("1.99")))
    Subsidy(gap=Decimal('5369.63'), upfront=Decimal('4991.65'))

    :raise LoanError: ``other_loan`` if amount or months differ
    """
    if (lender.amount, lender.months) != (customer.amount, customer.months):
        raise LoanError("other_loan")
    asked, offered = schedule(lender), schedule(customer)
    worth = present_value(offered.payments, monthly(lender.percent))
    return Subsidy(
        gap=asked.interest - offered.interest, upfront=cents(lender.amount - worth)
    )
