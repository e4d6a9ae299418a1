"""Cars that are still to come, and how long those that came stand; nothing of Odoo.

>>> from datetime import date
>>> from odoo.addons.dms_vehicle.pipeline import adoption_date, advances, age_band
>>> adoption_date(date(2026, 3, 1), 60)
datetime.date(2026, 4, 30)
>>> advances("built", "scheduled")
False
>>> age_band(75, warn=60, limit=90)
'ageing'
"""

from .adoption import adoption_date
from .ageing import BANDS, age_band, received_between
from .month import MonthError, month_of
from .progress import STATUSES, Progress, Told, advances, follow

__all__ = [
    "BANDS",
    "STATUSES",
    "MonthError",
    "Progress",
    "Told",
    "adoption_date",
    "advances",
    "age_band",
    "follow",
    "month_of",
    "received_between",
]
