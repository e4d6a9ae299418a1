"""Findings as one row of numbers, for a learner."""

from collections.abc import Iterable

from .finding import Finding

COLUMNS = (
    "models_named",
    "rivals_named",
    "budget_named",
    "days_to_buy",
    "payment",
    "trade_in",
    "mood",
)
Cell = float | str | None


def features(findings: Iterable[Finding]) -> dict[str, Cell]:
    """:return: one value per column of ``COLUMNS``; None where the text says nothing

    >>> features([])["days_to_buy"] is None
    True
    """
    by_kind: dict[str, list] = {}
    for finding in findings:
        by_kind.setdefault(finding.kind, []).append(finding.value)
    return {
        "models_named": float(len(set(map(str, by_kind.get("model", []))))),
        "rivals_named": float(len(set(map(str, by_kind.get("rival", []))))),
        "budget_named": float("budget" in by_kind),
        "days_to_buy": min(map(float, by_kind.get("urgency", [])), default=None),
        "payment": by_kind.get("payment", [None])[0],
        "trade_in": "yes" if any(by_kind.get("trade_in", [])) else "no",
        "mood": float(sum(by_kind.get("mood", []))),
    }
