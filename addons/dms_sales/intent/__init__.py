"""How likely a lead buys: the facts that count, the values to start with, the bands.

No Odoo here. A store without history starts with values that people set; what is learnt
from its own leads takes their place.
"""

from .bands import BANDS, band
from .start import COLUMNS, start

__all__ = ["BANDS", "COLUMNS", "band", "start"]
