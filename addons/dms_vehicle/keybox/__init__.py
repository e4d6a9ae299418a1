"""Keys and plates in the cabinet of a store: who may take what; nothing of Odoo.

>>> from odoo.addons.dms_vehicle.keybox import step_problem
>>> step_problem("take", "out")
'is_out'
"""

from .plates import MOST_DAYS, MOST_PLATES, plate_problem
from .steps import STEPS, after, step_problem

__all__ = [
    "MOST_DAYS",
    "MOST_PLATES",
    "STEPS",
    "after",
    "plate_problem",
    "step_problem",
]
