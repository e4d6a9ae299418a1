"""Budgets: 20万左右, 15-18万, 十五六万, 不超过25w, around 200k, 150k to 180k."""

import re
from collections.abc import Iterator

from .finding import Finding

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
HAN = r"[一二两三四五六七八九十百]+"
PLAIN = r"\d+(?:[.,]\d+)?"
UNIT = r"(?:万|[wW](?![a-zA-Z])|[kK](?![a-zA-Z])|千|thousand)"
SINGLE = re.compile(
    rf"(?P<most>不超过|不高于|最多|under|below|at most|up to|less than)?\s*"
    rf"(?P<about>大概|大约|差不多|around|about|roughly|approximately)?\s*[¥$]?\s*"
    rf"(?P<number>{PLAIN}|{HAN})\s*(?P<unit>{UNIT})(?P<odd>[1-9](?!\d))?"
    rf"(?:块|元|rmb|yuan)?\s*(?P<end>左右|上下|出头|以内|以下|之内|以上|多|or so|max)?",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"(?:between\s+)?[¥$]?(?P<low>{PLAIN}|{HAN})\s*(?P<unit1>{UNIT})?\s*"
    rf"(?:-|~|～|—|–|到|至|to|and)\s*[¥$]?(?P<high>{PLAIN}|{HAN})\s*(?P<unit>{UNIT})",
    re.IGNORECASE,
)
NEIGHBOURS = re.compile(
    r"(?P<tens>[一二两三四五六七八九]?十)?(?P<low>[一二三四五六七八九])"
    r"(?P<high>[二三四五六七八九])(?P<ten>十)?\s*(?P<unit>万)"
)
NOT_MONEY = re.compile(
    r"\s*(?:公里|里程|千米|km\b|kilomet|miles?\b|公里数)", re.IGNORECASE
)
LEAST, MOST = 10_000, 20_000_000


def find_budgets(text: str) -> list[Finding]:
    """:return: the budgets of a text, in its order; none below 10,000 yuan"""
    found: list[Finding] = []
    for pattern, reader in ((RANGE, _range), (NEIGHBOURS, _neighbours), (SINGLE, _one)):
        for finding in _matches(text, pattern, reader):
            if not any(f.start < finding.end and finding.start < f.end for f in found):
                found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def _matches(text: str, pattern: re.Pattern, reader) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        low, high = reader(match)
        if NOT_MONEY.match(text, match.end()) or not LEAST <= high <= MOST:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = start + len(match.group().strip())
        yield Finding("budget", start, end, text[start:end], (low, high))


def _range(match: re.Match) -> tuple[int, int]:
    unit = match["unit"]
    return (
        _amount(match["low"], match["unit1"] or unit),
        _amount(match["high"], unit),
    )


def _neighbours(match: re.Match) -> tuple[int, int]:
    base = _han(match["tens"]) if match["tens"] else 0
    times = 10 if match["ten"] else 1
    low, high = (base + times * DIGITS[match[side]] for side in ("low", "high"))
    return low * 10_000, high * 10_000


def _one(match: re.Match) -> tuple[int, int]:
    amount = _amount(match["number"], match["unit"])
    if match["odd"]:
        amount += int(match["odd"]) * _factor(match["unit"]) // 10
    end = (match["end"] or "").lower()
    if match["most"] or end in ("以内", "以下", "之内", "max"):
        return 0, amount
    if end in ("以上", "多", "出头"):
        return amount, round(amount * 1.2)
    if match["about"] or end:
        return round(amount * 0.9), round(amount * 1.1)
    return amount, amount


def _factor(unit: str) -> int:
    return 10_000 if unit.lower() in ("万", "w") else 1_000


def _amount(number: str, unit: str) -> int:
    value = _han(number) if number[0] in "一二两三四五六七八九十百" else None
    if value is None:
        value = float(number.replace(",", "."))
    return round(value * _factor(unit))


def _han(number: str) -> int:
    """:return: a Chinese number below 1000"""
    total, digit = 0, 0
    for sign in number:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit
