"""Money paid before a car is delivered, and whose it is when nothing comes of it.

Two deposits that sound alike in Chinese and differ in law: earnest money (定金) binds
both sides, an advance (订金, 意向金) binds nobody and goes back. No Odoo here; amounts
are ``Decimal`` in yuan.

>>> from decimal import Decimal
>>> from odoo.addons.dms_sales.earnest import Deposit, settle
>>> paid = Deposit(Decimal(180_000), Decimal(50_000))
>>> paid.binding
Decimal('36000.00')
>>> settle(paid, "dealer").refund, settle(paid, "buyer").refund
(Decimal('86000.00'), Decimal('14000.00'))

Source: 民法典 articles 586 to 588; 合同编通则解释 (2023) article 67.
"""

from .deposit import CAP_PERCENT, Deposit, EarnestError
from .settlement import Settlement, better_claim, excess_loss, settle

__all__ = [
    "CAP_PERCENT",
    "Deposit",
    "EarnestError",
    "Settlement",
    "better_claim",
    "excess_loss",
    "settle",
]
