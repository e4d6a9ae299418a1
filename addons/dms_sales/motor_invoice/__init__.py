"""Invoices for cars: 机动车销售统一发票 and 二手车销售统一发票.

Fields, the split of a price into net and VAT, amounts in words, and checks before an
invoice leaves. What is wrong comes as codes with facts; words belong to who shows them.
No Odoo here; amounts are ``Decimal`` in yuan.

>>> from decimal import Decimal
>>> from odoo.addons.dms_sales.motor_invoice import capitals, split
>>> split(Decimal(169_500))
Split(gross=Decimal('169500'), net=Decimal('150000.00'), tax=Decimal('19500.00'))
>>> capitals(Decimal(169_500))
'壹拾陆万玖仟伍佰元整'

Source: 机动车发票使用办法 (国家税务总局 工业和信息化部 公安部公告2020年第23号), in
force since 2021-07-01.
"""

from .capitals import capitals
from .checks import problems
from .invoice import Car, Invoice
from .judges import Judges
from .party import Party
from .problem import Problem
from .red import counterpart, mirror_problems, standing
from .split import Split, split
from .state import State
from .used import RateError, UsedInvoice, used_percent, used_problems
from .uscc import is_uscc

__all__ = [
    "Car",
    "Invoice",
    "Judges",
    "Party",
    "Problem",
    "RateError",
    "Split",
    "State",
    "UsedInvoice",
    "capitals",
    "counterpart",
    "is_uscc",
    "mirror_problems",
    "problems",
    "split",
    "standing",
    "used_percent",
    "used_problems",
]
