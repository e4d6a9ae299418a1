"""Price used cars: learn from one file, write price and 80 % interval for another.

Usage: ``./dms bench appraisal --train FILE --test FILE [--target COLUMN] --out FILE``

Without arguments it runs on a split of its own of public files, where they lie in
``DMS_DATA`` (``../shared/data``).

Files are CSV. Columns are found by what stands in them (Chinese listings: title with
model year, price new in 万, year, mileage in 万公里, displacement, gearbox, defects,
city), so they may have any names. Cars of one title are never split between what is
learnt from and what the interval is measured on.
"""

import argparse
import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from devtools import cores  # noqa: E402

cores.stand_alone()

import learning  # noqa: E402
import numpy as np  # noqa: E402

from odoo.addons.dms_base.learners import (  # noqa: E402
    Table,
    coverage,
    mean_absolute_percentage,
    resampled,
)
from odoo.addons.dms_sales.appraisal import Appraisal  # noqa: E402
from odoo.addons.dms_sales.appraisal.facts import (  # noqa: E402
    first_number,
    first_numbers,
)

PATTERNS = {
    "title": r".*(19|20)\d\d\s*款.*",
    "mileage": r"[\d.]+\s*(万)?\s*(公里|km)",
    "new_price": r"[\d.]+\s*万元?",
    "year": r"(19|20)\d\d(\.0)?\s*年?(-\d\d?.*)?",
    "displacement": r"\d\.\d\s*[LTlt]?",
    "gearbox": r"手动|自动|手自一体|双离合|.*变速.*",
    "defects": r"\[.*\]|.*\d+处.*",
    "city": r"[a-z]+|[\u4e00-\u9fff]{2,4}市?",
}
PUBLIC = [("used_cars/guazi_china_used_cars.csv", lambda row: row["title"], [])]
PLAIN = re.compile(r"\d+(\.\d+)?")


def find_columns(table, target=None):
    """Return {what a column is: its name}, each name once, by what most cells say."""
    found, free = {}, [name for name in table.columns if name != target]
    for what, pattern in PATTERNS.items():
        share = {name: _share(table.columns[name], pattern) for name in free}
        best = max(share, key=share.get, default=None)
        if best and share[best] > 0.5:
            found[what] = best
            free.remove(best)
    if target is None:
        plain = [n for n in free if _share(table.columns[n], PLAIN.pattern) > 0.5]
        target = max(plain, key=lambda n: _likeness(table, found, n), default=None)
    return found | ({"price": target} if target else {})


def _share(cells, pattern):
    known = [str(cell).strip() for cell in cells if str(cell).strip()]
    return sum(bool(re.fullmatch(pattern, cell)) for cell in known) / max(1, len(known))


def _likeness(table, found, name):
    """Return how closely the column follows the price new."""
    if "new_price" not in found:
        return 0.0
    pair = [first_numbers(table.columns[n]) for n in (name, found["new_price"])]
    known = np.isfinite(pair[0]) & np.isfinite(pair[1])
    return float(np.corrcoef(pair[0][known], pair[1][known])[0, 1])


def chosen(table, names):
    """Return the table with the columns under the names the core knows."""
    return Table({what: table.column(name) for what, name in names.items()})


def parse(argv):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench appraisal", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--train", type=Path, required=True, help="CSV to learn from")
    parser.add_argument("--test", type=Path, required=True, help="CSV to price")
    parser.add_argument("--target", help="the column with the price")
    parser.add_argument("--out", type=Path, help="CSV to write")
    return parser.parse_args(argv)


def learn(table, names):
    """Return what was learnt from the rows with a price, and their prices."""
    prices = first_numbers(table.column(names["price"]))
    rows = np.flatnonzero(prices > 0)
    known = chosen(table.take(rows), names).without(["price"])
    return Appraisal().fit(known, prices[rows].tolist()), prices[rows]


def report(truth, given, groups, trained_on):
    """Print the figures, beside a price that only knows the price new."""
    rows = np.flatnonzero(truth > 0)
    truth, given = truth[rows], given[rows]
    groups = [groups[row] for row in rows]
    mape = resampled(
        "mape", lambda t, g: mean_absolute_percentage(t, g[:, 0]), truth, given, groups
    )
    inside = resampled(
        "coverage", lambda t, g: coverage(t, g[:, 1], g[:, 2]), truth, given, groups
    )
    learning.report({"price": [mape, inside]})
    average = np.full(len(truth), np.median(trained_on))
    learning.report(
        {
            "median of the training rows": [
                resampled("mape", mean_absolute_percentage, truth, average, groups)
            ]
        }
    )


def main(argv):
    """Run the benchmark; 0 if it ran, 2 if there was no usable input."""
    if not argv:
        return learning.on_public_data(("appraisal", main), PUBLIC)
    options = parse(argv)
    try:
        train, test = learning.read(options.train), learning.read(options.test)
        names = find_columns(train, options.target)
        learning.require(train, [names.get("price", "with prices")], options.train)
        trained, prices = learn(train, names)
    except (OSError, ValueError) as error:
        print(f"bench appraisal: {error}", file=sys.stderr)
        return 2
    cars = chosen(test, names)
    values = trained.value(cars.without(["price"]))
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["price", "low", "high"])
            writer.writerows([f"{number:.4f}" for number in row] for row in values)
    print("columns: " + ", ".join(f"{k}: {v}" for k, v in names.items()))
    learning.introduce(options.train, options.test, len(prices), len(test))
    truth = np.array([first_number(cell) for cell in cars.column("price")])
    if np.isfinite(truth).any():
        report(truth, np.array(values), cars.column("title"), prices)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
