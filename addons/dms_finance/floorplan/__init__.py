"""What it costs to have somebody else pay for the cars in stock.

Two kinds of credit, one arithmetic: the OEM's finance company or a bank lends per car
(inventory loan), or a bank accepts a bill that falls due later, against a deposit (bank
acceptance). No Odoo here. Amounts are ``Decimal``; what is exact stays exact until
``money.cents`` rounds it.
"""

from .acceptance import deposit_interest, fee, release_amount
from .day_count import DayCount
from .dues import Due, allocate, dues
from .interest import Movement, daily_interest, interest
from .terms import Bracket, Curtailment, Terms, TermsError
