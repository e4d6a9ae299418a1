"""One number."""

import re
import unicodedata

CHINA = "+86"
BETWEEN = re.compile(r"[\s./()\-\u2010-\u2015]")
# New ranges are opened from time to time, so only the length is checked.
MOBILE = re.compile(r"1\d{10}")
LANDLINE = re.compile(r"0(10\d{8}|2\d\d{8}|[3-9]\d{2}\d{7,8})")
SERVICE = re.compile(r"[48]00\d{7}")
# A mobile number between other words, in the groups people write it in.
WRITTEN = re.compile(r"(?<![\d+])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\d])")
ABROAD = re.compile(r"\+[1-9]\d{7,14}")


class NotANumber(ValueError):
    """Nobody can be called by this text."""


def normalise(text: str) -> str:
    """Write a number as E.164, as China's unless it says otherwise.

    :param text: with or without separators, full-width digits, country code
    :raise NotANumber: if it is too short, too long or of no known kind
    """
    digits = BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^00", "+", digits)
    if digits.startswith("+") and not digits.startswith(CHINA):
        return _abroad(digits)
    return _chinese(digits)


def _abroad(digits: str) -> str:
    if not ABROAD.fullmatch(digits):
        raise NotANumber(digits)
    return digits


def _chinese(digits: str) -> str:
    local = re.sub(r"^\+?86(?=\d{9,})", "", digits)
    if MOBILE.fullmatch(local) or SERVICE.fullmatch(local):
        return CHINA + local
    zoned = local if local.startswith("0") or local == digits else f"0{local}"
    if LANDLINE.fullmatch(zoned):
        return CHINA + zoned[1:]
    raise NotANumber(digits)


def national(number: str) -> str:
    """Write a number in E.164 as people in China dial it.

    >>> national("+862162345678")
    '02162345678'
    """
    if not number.startswith(CHINA):
        return number
    local = number.removeprefix(CHINA)
    is_plain = MOBILE.fullmatch(local) or SERVICE.fullmatch(local)
    return local if is_plain else f"0{local}"


def mobile_in(text: str) -> str:
    """:return: the first Chinese mobile number in a text as E.164, "" if none is there

    >>> mobile_in("我姓李，138 0013-8000，周末看车")
    '+8613800138000'
    >>> mobile_in("订单 2026113800138000")
    ''
    """
    found = WRITTEN.search(unicodedata.normalize("NFKC", text))
    return normalise(found[1]) if found else ""
