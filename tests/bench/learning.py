"""What benchmarks of learners share: files, outcomes, figures with intervals."""

import csv
import gzip
import hashlib
import io
from collections import Counter

from odoo.addons.dms_base.learners import Table

YES = {"1", "1.0", "yes", "y", "true", "t", "good", "是"}


def read(path):
    """Return the table in a CSV file, all cells as text.

    :raise ValueError: if it has no header or no rows
    """
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    text = content.decode("utf-8-sig")
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    lines = [
        line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if line
    ]
    if len(lines) < 2:
        raise ValueError(f"{path} has no rows")
    names, width = lines[0], len(lines[0])
    rows = [(line + [""] * width)[:width] for line in lines[1:]]
    cells = zip(*rows, strict=True)
    return Table(
        {name: list(column) for name, column in zip(names, cells, strict=True) if name}
    )


def require(table, names, path):
    """Raise ``ValueError`` if a column is not there."""
    if missing := [name for name in names if name not in table.columns]:
        known = ", ".join(table.columns)
        raise ValueError(f"{path} has no column {', '.join(missing)}; it has {known}")


def outcomes(cells, positive=None):
    """Return 1.0 where a cell is the positive value, and that value.

    Without one it is what says yes, else the rarer of all.
    """
    said = [str(cell).strip() for cell in cells]
    if positive is None:
        counts = Counter(said)
        yes = [value for value in counts if value.lower() in YES]
        positive = yes[0] if yes else min(counts, key=lambda value: counts[value])
    return [float(value == positive) for value in said], positive


def introduce(train, test, learnt, judged):
    """Print which files were used, by their hashes."""
    for what, path, count in (("learnt", train, learnt), ("judged", test, judged)):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{what}: {path}: {count} rows, sha256 {digest}")


def report(given):
    """Print figures with their 95 % intervals."""
    for who, measures in given.items():
        for m in measures:
            print(f"{who}: {m.code} {m.value:.4f} [{m.low:.4f}, {m.high:.4f}]")
