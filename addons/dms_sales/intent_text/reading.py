"""Reading a text from all sides."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .budget import find_budgets
from .finding import Finding
from .words import BAD, GOOD, NOT, PAYMENT, TRADE_IN, URGENCY


def read(
    text: str,
    models: Mapping[str, Any] | None = None,
    rivals: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """Find what a text tells.

    :param models: what the store sells: a name or nickname, and what it stands for
    :param rivals: names of other brands and their models, and what they stand for
    :return: in the order of the text
    """
    text = text or ""
    found = [
        *_names("model", text, models or {}),
        *_names("rival", text, rivals or {}),
        *find_budgets(text),
        *_urgency(text),
        *_payment(text),
        *_trade_in(text),
        *_mood(text),
    ]
    return sorted(found, key=lambda finding: (finding.start, finding.kind))


def _names(kind: str, text: str, names: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield names, the longest where several begin alike; not inside Latin words."""
    if not names:
        return
    known = {name.casefold(): value for name, value in names.items() if name}
    longest_first = sorted(known, key=len, reverse=True)
    pattern = "|".join(_whole(name) for name in longest_first)
    for match in re.finditer(pattern, text, re.IGNORECASE):
        value = known.get(match.group().casefold())
        yield Finding(kind, match.start(), match.end(), match.group(), value)


def _whole(name: str) -> str:
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
    return before + re.escape(name) + after


def _denied(text: str, start: int) -> bool:
    return bool(NOT.search(text[:start]))


def _found(kind: str, match: re.Match, value: Any) -> Finding:
    return Finding(kind, match.start(), match.end(), match.group(), value)


def _urgency(text: str) -> Iterator[Finding]:
    for days, pattern in URGENCY.items():
        for match in pattern.finditer(text):
            yield _found("urgency", match, days)


def _payment(text: str) -> Iterator[Finding]:
    for way, pattern in PAYMENT.items():
        for match in pattern.finditer(text):
            if not _denied(text, match.start()):
                yield _found("payment", match, way)


def _trade_in(text: str) -> Iterator[Finding]:
    for match in TRADE_IN.finditer(text):
        yield _found("trade_in", match, not _denied(text, match.start()))


def _mood(text: str) -> Iterator[Finding]:
    for pattern, mood in ((GOOD, 1), (BAD, -1)):
        for match in pattern.finditer(text):
            turned = -mood if _denied(text, match.start()) else mood
            yield _found("mood", match, turned)
