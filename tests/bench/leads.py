"""Score leads: learn from one file, write the score and reasons of each row of another.

Usage: ``./dms bench leads --train FILE --test FILE --target COLUMN [--drop A,B or A B]
[--positive VALUE] --out FILE``

Without arguments it runs on a split of its own of public files, where they lie in
``DMS_DATA`` (``../shared/data``).

Files are CSV (also ``.gz``) with any usual delimiter. Columns are numbers, choices or
names, whatever they are called; cells may be empty. ``--drop`` names the columns that
are not known when the score is needed (commas, or the option several times). Rows of a
file in date order keep that order.
"""

import argparse
import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from devtools import cores  # noqa: E402

cores.stand_alone()

import learning  # noqa: E402

from odoo.addons.dms_base.learners import Classifier, Share, figures  # noqa: E402

# Columns that somebody fills in who knows how it ended, or afterwards.
LEAKS = (
    "Tags",
    "Lead Quality",
    "Lead Profile",
    "Last Activity",
    "Last Notable Activity",
    "Asymmetrique Activity Index",
    "Asymmetrique Profile Index",
    "Asymmetrique Activity Score",
    "Asymmetrique Profile Score",
)
PUBLIC = [
    (
        "lead_scoring/xeducation_Leads.csv",
        lambda row: row["Prospect ID"],
        ["--target", "Converted", "--drop", *LEAKS],
    ),
    (
        "lead_scoring/bank-additional-full.csv.gz",
        None,
        ["--target", "y", "--drop", "duration"],
    ),
]


def parse(argv):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench leads", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--train", type=Path, required=True, help="CSV to learn from")
    parser.add_argument("--test", type=Path, required=True, help="CSV to score")
    parser.add_argument("--target", required=True, help="the column that is predicted")
    parser.add_argument("--positive", help="its value that counts as a yes")
    parser.add_argument(
        "--drop", action="extend", nargs="+", default=[], help="columns left out"
    )
    parser.add_argument("--out", type=Path, help="CSV to write")
    return parser.parse_args(argv)


def write(path, scores, reasons):
    """Write one line per row: the score and why."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["score", "reasons"])
        for score, why in zip(scores, reasons, strict=True):
            said = "; ".join(f"{r.code}={r.value} ({r.weight:+.2f})" for r in why)
            writer.writerow([f"{score:.6f}", said])


def main(argv):
    """Run the benchmark; 0 if it ran, 2 if there was no usable input."""
    if not argv:
        return learning.on_public_data(("leads", main), PUBLIC)
    options = parse(argv)
    drop = [n.strip() for names in options.drop for n in names.split(",")]
    try:
        train, test = learning.read(options.train), learning.read(options.test)
        learning.require(train, [options.target], options.train)
        target, positive = learning.outcomes(
            train.column(options.target), options.positive
        )
        left_out = [*drop, options.target]
        trained = Classifier().fit(train.without(left_out), target)
    except (OSError, ValueError) as error:
        print(f"bench leads: {error}", file=sys.stderr)
        return 2
    rows = test.without(left_out)
    scores = trained.predict(rows)
    if options.out:
        write(options.out, scores, trained.explain(rows))
    print(f"{options.target} is {positive!r}; left out: {', '.join(drop) or 'nothing'}")
    learning.introduce(options.train, options.test, len(train), len(test))
    if options.target in test.columns:
        truth, _ = learning.outcomes(test.column(options.target), positive)
        average = Share().fit(train, target).predict(rows)
        learning.report({"score": figures(truth, scores)})
        learning.report({"average of the training rows": figures(truth, average)})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
