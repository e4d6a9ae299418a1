"""Adding up what several runs of pytest report."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from pathlib import Path

NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Total:
    """Counts of tests; `broken` are runs that ended without saying why."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: int = 0

    def __add__(self, other: Total) -> Total:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Total(*(mine + theirs for mine, theirs in pairs))

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed + self.broken} failed{skipped}"

    @property
    def exit_code(self) -> int:
        return int(bool(self.failed or self.broken or not self.passed))


def read(report: Path, exit_code: int) -> Total:
    """:return: the counts of one run; an error counts as a failure"""
    told = Total(**json.loads(report.read_text())) if report.exists() else Total()
    unexplained = exit_code not in (0, NO_TESTS_COLLECTED) and not told.failed
    return told + Total(broken=int(unexplained))
