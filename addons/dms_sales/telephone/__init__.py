"""Telephone numbers of China as everybody writes them, in one form. No Odoo here.

>>> from telephone import normalise
>>> normalise("138 0013-8000")
'+8613800138000'

Source: national numbering plan of China (MIIT); E.164 (ITU-T) for the form.
"""

from .number import NotANumber, mobile_in, national, normalise

__all__ = ["NotANumber", "mobile_in", "national", "normalise"]
