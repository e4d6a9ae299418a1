"""A used car taken in: its condition, what it may cost, who gets the money, and when
its price falls.

No Odoo here. Amounts in yuan.
"""

from .condition import GRADES, Condition, Damage, condition
from .markdown import Cut, cut_due, cut_price
from .offer import Costs, buying_price, selling_net
from .settlement import Settlement, settle

__all__ = [
    "GRADES",
    "Condition",
    "Costs",
    "Cut",
    "Damage",
    "Settlement",
    "buying_price",
    "condition",
    "cut_due",
    "cut_price",
    "selling_net",
    "settle",
]
