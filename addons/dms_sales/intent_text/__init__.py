"""What a customer's words tell: model, budget, urgency, payment, trade-in, rival, mood.

No Odoo here; Chinese and English, also mixed. Each finding carries where it stands in
the text, so that a screen can mark it. Models and rivals are looked for by the names
that the caller gives: the catalogue knows them, not the core.

>>> found = read("预算20万左右，这周末想看看朗逸，贷款", models={"朗逸": "lavida"})
>>> [(f.kind, f.text, f.value) for f in found]
[('budget', '20万左右', (180000, 220000)), ('urgency', '这周末', 7), \
('model', '朗逸', 'lavida'), ('payment', '贷款', 'loan')]
"""

from .budget import find_budgets
from .features import COLUMNS, features
from .finding import Finding
from .reading import read
from .spoken import spoken

__all__ = ["COLUMNS", "Finding", "features", "find_budgets", "read", "spoken"]
