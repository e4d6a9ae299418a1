"""The sheet of a deal: what the customer pays, and what the store really earns.

Lines in blocks, a car given in, a loan. From them follow what the customer pays, what
of it in cash, the monthly rate, the gross of each block, and whose consent is needed.
No Odoo here; amounts are ``Decimal`` in yuan.

>>> from decimal import Decimal
>>> from odoo.addons.dms_sales.desk import Line, Sheet, gross, totals
>>> sheet = Sheet((
...     Line("car", Decimal(169_500), cost=Decimal(145_000)),
...     Line("insurance", Decimal(6_000), income=Decimal(954), percent=Decimal(6),
...          is_passed_on=True),
... ))
>>> totals(sheet).customer_pays
Decimal('175500')
>>> gross(sheet).blocks["car"], gross(sheet).blocks["insurance"]
(Decimal('5000.00'), Decimal('900.00'))
"""

from .approval import Limits, Need, approver, discount_given, needs
from .earnings import Gross, gross
from .line import BACK, BLOCKS, FRONT, Block, DeskError, Line
from .problems import problems
from .sheet import Financing, Plan, Sheet, TradeIn
from .totals import Totals, totals

__all__ = [
    "BACK",
    "BLOCKS",
    "FRONT",
    "Block",
    "DeskError",
    "Financing",
    "Gross",
    "Limits",
    "Line",
    "Need",
    "Plan",
    "Sheet",
    "Totals",
    "TradeIn",
    "approver",
    "discount_given",
    "gross",
    "needs",
    "problems",
    "totals",
]
