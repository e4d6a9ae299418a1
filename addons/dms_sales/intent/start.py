"""What a lead is scored by before there is history: set by people, not measured."""

from odoo.addons.dms_base.learners import Classified, Column, Sum

from ..intent_text import COLUMNS as TEXT_COLUMNS

COLUMNS = (*TEXT_COLUMNS, "messages", "meetings", "known_customer")
# one lead in ten buys, in log-odds
START = -2.2
# per unit of a number, in log-odds; and the number that changes nothing
NUMBERS = {
    "models_named": (0.5, 0.0),
    "budget_named": (0.6, 0.0),
    "messages": (0.12, 1.0),
    "meetings": (0.9, 0.0),
    "known_customer": (0.5, 0.0),
    "mood": (0.2, 0.0),
    "days_to_buy": (-0.006, 90.0),
}
CHOICES = {"trade_in": {"yes": 0.6}, "payment": {"loan": 0.4, "cash": 0.5}}


def start() -> Classified:
    """:return: the values to start with, as if they were learnt

    >>> from odoo.addons.dms_base.learners import Table
    >>> keen = Table({"meetings": [1], "days_to_buy": [7]})
    >>> start().predict(keen)[0] > start().predict(Table({"meetings": [0]}))[0]
    True
    """
    columns, weights = [], []
    for name, (weight, neutral) in NUMBERS.items():
        columns.append(Column(name, "number", mean=neutral))
        # numbers enter within three units: spread them so that they fit
        spread = 100.0 if name == "days_to_buy" else 3.0
        columns[-1].spread = spread
        weights += [weight * spread, 0.0]
    for name, choices in CHOICES.items():
        columns.append(Column(name, "choice", levels=list(choices)))
        weights += choices.values()
    total = Sum(columns, weights, [0.0] * len(weights), 0.0, [])
    return Classified(columns, [total], [1.0], START)
