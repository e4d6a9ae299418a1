"""The header Retry-After (RFC 9110, 10.2.3)."""

from datetime import timezone
from email.utils import parsedate_to_datetime


def seconds(value: str | None, now: float) -> float | None:
    """Read a number of seconds or an HTTP date.

    :param now: seconds since the epoch
    :return: seconds from now, not negative; None if there is no such wish, or none
        that can be read
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    moment = _moment(text)
    return None if moment is None else max(0.0, moment - now)


def _moment(text: str) -> float | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()
