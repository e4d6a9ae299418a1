"""Vehicle purchase tax (车辆购置税): how much, until when, how much comes back.

A tenth of the price without VAT. What new energy cars are spared stands in a table with
dates, ``reliefs.csv``: a new year's rule is a new row, not new code. No Odoo here;
amounts are ``Decimal`` in yuan.

>>> from datetime import date
>>> from decimal import Decimal
>>> from odoo.addons.dms_sales.purchase_tax import Purchase, assess
>>> car = Purchase(date(2026, 3, 2), Decimal(400_000), "bev", in_catalogue=True)
>>> assess(car).tax
Decimal('25000.00')

Source: 车辆购置税法 (2018) articles 4 to 7 and 12 to 15; for new energy cars what each
row of the table names, above all 财政部 税务总局 工业和信息化部公告2023年第10号
(https://szs.mof.gov.cn/zhengcefabu/202306/t20230620_3891500.htm).
"""

from .assessment import Assessment, assess
from .deadline import declare_by
from .purchase import KINDS, Kind, Purchase, PurchaseError
from .refund import full_years, refund
from .relief import RELIEFS, Relief, relief_on

__all__ = [
    "KINDS",
    "RELIEFS",
    "Assessment",
    "Kind",
    "Purchase",
    "PurchaseError",
    "Relief",
    "assess",
    "declare_by",
    "full_years",
    "refund",
    "relief_on",
]
