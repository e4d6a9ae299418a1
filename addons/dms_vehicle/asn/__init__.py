"""Rows about cars as OEMs and dealers send them: shipments and stock lists.

>>> from odoo.addons.dms_vehicle.asn import CarRow
>>> CarRow.parse({"车架号": "lsv 123", "车型编码": "A1", "到货日期": "2026/3/5"}).vin
'lsv 123'
"""

from .allocation_row import ALLOCATION_COLUMNS, AllocationRow
from .car_row import HEADERS, CarRow, RowError, columns
from .report_row import REPORT_COLUMNS, ReportRow

__all__ = [
    "ALLOCATION_COLUMNS",
    "HEADERS",
    "REPORT_COLUMNS",
    "AllocationRow",
    "CarRow",
    "ReportRow",
    "RowError",
    "columns",
]
