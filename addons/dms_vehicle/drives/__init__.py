"""Test drives and loan cars: free times, licences, how a drive stands; without Odoo.

>>> from odoo.addons.dms_vehicle.drives import licence_problem
>>> licence_problem("C2", None, needed="C1")
'wrong_class'
"""

from .licence import CLASSES, classes_of, licence_problem
from .slots import Slot, free_slots
from .standing import Facts, is_late, standing

__all__ = [
    "CLASSES",
    "Facts",
    "Slot",
    "classes_of",
    "free_slots",
    "is_late",
    "licence_problem",
    "standing",
]
