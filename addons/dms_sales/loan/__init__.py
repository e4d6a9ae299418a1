"""Loans of customers: what is paid each month, and what the loan really costs a year.

Four ways to pay back: equal instalments (等额本息), equal principal (等额本金), equal
instalments with a large last one (气球), and a flat fee on the amount at the start. No
Odoo here; amounts are ``Decimal`` in yuan, rates in percent.

>>> from decimal import Decimal
>>> from odoo.addons.dms_sales.loan import Loan, annualised, schedule
>>> plan = schedule(Loan(Decimal(120_000), 36, Decimal("4.80")))
>>> plan.payments[0], plan.payments[-1], plan.interest
(Decimal('3585.74'), Decimal('3585.80'), Decimal('9086.70'))
>>> annualised(plan.amount - 3_600, plan.payments)
Annualised(nominal=Decimal('6.84'), effective=Decimal('7.06'))
"""

from .annual import AnnualError, Annualised, annualised
from .instalments import schedule
from .plan import Row, Schedule
from .subsidy import Subsidy, subsidy
from .terms import METHODS, Loan, LoanError, Method

__all__ = [
    "METHODS",
    "AnnualError",
    "Annualised",
    "Loan",
    "LoanError",
    "Method",
    "Row",
    "Schedule",
    "Subsidy",
    "annualised",
    "schedule",
    "subsidy",
]
