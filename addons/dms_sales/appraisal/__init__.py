"""What a used car is worth: a price, and the interval that holds four of five.

No Odoo here. Prices are learnt from what cars were offered or sold for, in the unit of
the examples. The price never rises with age or mileage, whatever the examples say:
trees and sums are fitted under that condition.

>>> from odoo.addons.dms_sales.appraisal import read_title
>>> read_title("大众 朗逸 2016款 1.6L 自动舒适版")
Title(brand='大众', series='大众 朗逸', model_year=2016.0, trim='1.6L 自动舒适版')
"""

from .facts import COLUMNS, Facts, learn_facts
from .learner import Appraisal, Appraised, Valuation
from .title import Title, read_title

__all__ = [
    "COLUMNS",
    "Appraisal",
    "Appraised",
    "Facts",
    "Title",
    "Valuation",
    "learn_facts",
    "read_title",
]
