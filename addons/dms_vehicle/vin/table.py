"""The tables that ship with the package, read once at import."""

import csv
from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the package file ``name``, each keyed by its header."""
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
