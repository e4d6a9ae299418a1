"""What an inspection of a car comes to, and which battery wants care; no Odoo.

>>> from odoo.addons.dms_vehicle.inspection import Item, verdict
>>> verdict([Item(result="ok"), Item(result="defect", repair_needed=True)])
'failed'
"""

from .battery import Battery, battery_due
from .limits import is_within
from .verdict import Item, problems, verdict

__all__ = [
    "Battery",
    "Item",
    "battery_due",
    "is_within",
    "problems",
    "verdict",
]
