"""Until when the tax is declared."""

from datetime import date, timedelta
from typing import Final

DAYS: Final = 60


def declare_by(purchased: date, registration: date | None = None) -> date:
    """:return: the last day to declare: sixty days after the purchase, and no later
        than the day the car is registered (articles 12 and 13)

    Public holidays, which may put the day off, are not looked at: who declares by the
    day returned is never late.
    """
    last = purchased + timedelta(days=DAYS)
    return min(last, registration) if registration else last
