"""How many days make a year of interest."""

from enum import Enum


class DayCount(Enum):
    """Actual days over a year of 360 or of 365 days, also in leap years.

    Source: ISDA 2006 Definitions, 4.16 (d) "Actual/365 (Fixed)" and (e) "Actual/360".
    """

    ACT_360 = "act_360"
    ACT_365 = "act_365"

    @property
    def year_days(self) -> int:
        return 360 if self is DayCount.ACT_360 else 365
