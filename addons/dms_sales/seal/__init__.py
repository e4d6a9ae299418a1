"""Seals of stores on documents: PAdES B-LT with a timestamp, and checking them.

The file a customer has read stays the beginning of every later one: what is drawn and
the seal are appended to it. No Odoo here; who needs the network hands a function.

>>> from odoo.addons.dms_sales.seal import check
>>> check(b"%PDF-1.7 is no document", ()).code
'unreadable'
"""

from .check import Check, check
from .draw import Box, draw
from .errors import SealError
from .identity import Identity
from .revocation import Answers, ask
from .sign import seal
from .stamper import Stamper

__all__ = [
    "Answers",
    "Box",
    "Check",
    "Identity",
    "SealError",
    "Stamper",
    "ask",
    "check",
    "draw",
    "seal",
]
