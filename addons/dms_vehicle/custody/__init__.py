"""Who holds the certificate of a car: numbers, moves, states; nothing of Odoo.

>>> from odoo.addons.dms_vehicle.custody import Place, move_problem
>>> move_problem(Place("bank", 7), Place("store", 1), lender=7)
'not_released'
"""

from .number import KINDS, NumberError, parse_number
from .moves import HOLDERS, Place, move_problem
from .state import Facts, state_of
from .pasted import PastedLine, codes, pasted_lines
from .seal import seal

__all__ = [
    "HOLDERS",
    "KINDS",
    "Facts",
    "NumberError",
    "PastedLine",
    "Place",
    "codes",
    "move_problem",
    "parse_number",
    "pasted_lines",
    "seal",
    "state_of",
]
