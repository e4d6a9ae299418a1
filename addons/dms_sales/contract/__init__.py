"""Which clauses a contract has, and the words that are filled into them. No Odoo here.

>>> from odoo.addons.dms_sales.contract import fill
>>> fill("The price is {price}.", {"price": "168,900 yuan"})
'The price is 168,900 yuan.'
"""

from .clause import Conditions, Facts, applies
from .errors import ContractError
from .words import fill, names

__all__ = ["Conditions", "ContractError", "Facts", "applies", "fill", "names"]
