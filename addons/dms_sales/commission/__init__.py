"""What who sells cars earns by them (提成), line by line, and what is owed back.

A plan is data: rules with amounts, percentages, ladders. It is computed from the
figures of a period's deals; each line says which rule and which deal it comes from. No
Odoo here; amounts are ``Decimal`` in yuan.

>>> from decimal import Decimal
>>> from odoo.addons.dms_sales.commission import Deal, GrossShare, PerUnit, Plan
>>> from odoo.addons.dms_sales.commission import compute
>>> plan = Plan((PerUnit("car", Decimal(300)), GrossShare("gross", Decimal(5))))
>>> deals = [Deal("D1", {"car": Decimal(6_000)}), Deal("D2", {"car": Decimal(-500)})]
>>> [(line.rule, line.deal, str(line.amount)) for line in compute(plan, deals).lines]
[('car', 'D1', '300.00'), ('car', 'D2', '300.00'), ('gross', 'D1', '300.00')]
"""

from .clawback import Clawback, Difference, clawback
from .deal import Deal
from .line import Line
from .plan import Plan, PlanError
from .gross_share import GrossShare
from .ladder import Ladder
from .penetration import Penetration
from .per_unit import PerUnit
from .rule import Rule
from .rules import RULES
from .statement import Statement, compute

__all__ = [
    "RULES",
    "Clawback",
    "Deal",
    "Difference",
    "GrossShare",
    "Ladder",
    "Line",
    "Penetration",
    "PerUnit",
    "Plan",
    "PlanError",
    "Rule",
    "Statement",
    "clawback",
    "compute",
]
