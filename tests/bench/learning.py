"""What benchmarks of learners share: files, outcomes, figures with intervals."""

import csv
import gzip
import hashlib
import io
import os
import tempfile
from collections import Counter
from pathlib import Path

from odoo.addons.dms_base.learners import Table

# Public data to measure on; none of it is part of this project.
SHELF = Path(
    os.environ.get("DMS_DATA") or Path(__file__).resolve().parents[3] / "shared/data"
)
LEARNT = 0.75
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


def on_public_data(bench, runs):
    """Run a benchmark without arguments: on a split of its own of public files.

    :param bench: its name and its ``main``
    :param runs: pairs of a file below ``SHELF`` with the function that says to which
        group a row belongs (None: rows are in date order), and further arguments
    :return: 0 also where there are no such files: it says so
    """
    name, main = bench
    codes = []
    for file, group, arguments in runs:
        if not (SHELF / file).exists():
            print(f"bench {name}: skipped, no files given and no {SHELF / file}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            parts = split(SHELF / file, Path(folder), group)
            how = "the later rows" if group is None else "groups drawn by hash"
            print(f"{file}: {LEARNT:.0%} learnt from, judged by {how}")
            paths = ["--train", str(parts[0]), "--test", str(parts[1])]
            codes.append(main([*paths, *arguments]))
    return max(codes, default=0)


def split(path, folder, group=None):
    """Write the rows to learn from and those to judge by, and return both paths.

    Rows of one group stay together; without groups the later rows judge.
    """
    table = read(path)
    names = list(table.columns)
    rows = list(zip(*table.columns.values(), strict=True))
    if group is None:
        late = [number >= LEARNT * len(rows) for number in range(len(rows))]
    else:
        keys = [group(dict(zip(names, row, strict=True))) for row in rows]
        late = [_share_of(key) >= LEARNT for key in keys]
    paths = folder / "train.csv", folder / "test.csv"
    for path_, is_late in zip(paths, (False, True), strict=True):
        with path_.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            writer.writerows(
                row for row, at in zip(rows, late, strict=True) if at == is_late
            )
    return paths


def _share_of(key):
    """Return a number from 0 to 1 that is the same for the same key everywhere."""
    digest = hashlib.sha256(str(key).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
