"""Where a sold car is on its way to its customer, from what documents prove.

Plain Python without Odoo.
"""

from .steps import CODES, Facts, Step, track
