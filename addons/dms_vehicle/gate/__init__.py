"""Passes through the gate of a store: their codes and what comes next; nothing of Odoo.

>>> from odoo.addons.dms_vehicle.gate import is_code, new_code
>>> is_code(new_code())
True
"""

from .code import CodeError, is_code, new_code, parse_code, shown
from .odometer import odometer_problem
from .turn import Slip, is_late, state_of, verdict

__all__ = [
    "CodeError",
    "Slip",
    "is_code",
    "is_late",
    "new_code",
    "odometer_problem",
    "parse_code",
    "shown",
    "state_of",
    "verdict",
]
