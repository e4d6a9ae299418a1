"""To whom a lead goes: which store, and which consultant in it. No Odoo here.

>>> from assignment import Consultant, rank
>>> idle, busy = Consultant(1, 2, 6, 20), Consultant(2, 14, 9, 20)
>>> [place.key for place in rank([busy, idle])]
[1, 2]
"""

from .consultants import CAPACITY, Consultant, Place, rank
from .stores import Choice, Store, choose_store

__all__ = [
    "CAPACITY",
    "Choice",
    "Consultant",
    "Place",
    "Store",
    "choose_store",
    "rank",
]
