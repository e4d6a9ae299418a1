"""Months as people and makers write them."""

import re
import unicodedata
from datetime import date

_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))(?:[-/.月](\d{1,2})?)?(?:日)?")


class MonthError(ValueError):
    """A text that is no month."""


def month_of(value: object) -> date:
    """Read ``2026-11``, ``2026/11``, ``202611``, ``2026年11月``, or any day of it.

    :return: the first day of the month
    :raise MonthError: for everything else
    """
    if isinstance(value, date):
        return date(value.year, value.month, 1)
    text = unicodedata.normalize("NFKC", str(value or "")).strip().split("T")[0]
    match = _MONTH.fullmatch(text.split(" ")[0])
    month = match and int(match[2] or match[3])
    if not match or not 1 <= month <= 12:
        raise MonthError(str(value))
    return date(int(match[1]), month, 1)
