"""Find subjects and moods in comments: learn from one file, write those of another.

Usage: ``./dms bench comments --train FILE --test FILE [--out FILE]``

Without arguments it runs on a split of its own of public files, where they lie in
``DMS_DATA`` (``../shared/data``).

Files are CSV with ``content_id``, ``content``, ``subject`` and ``sentiment_value``, one
row per subject of a text; the test file needs the first two. The output has one row per
found subject. Figures are over texts that are not learnt from.
"""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from devtools import cores  # noqa: E402

cores.stand_alone()

import learning  # noqa: E402

from odoo.addons.dms_base.learners import resampled  # noqa: E402
from odoo.addons.dms_sales.comments import Comments  # noqa: E402

PUBLIC = [("chinese_text/car_comments.csv", lambda row: row["content_id"], [])]


def texts(table):
    """Return {content_id: (text, {subject: mood})} in the order of the table."""
    found = {}
    subjects, moods = table.column("subject"), table.column("sentiment_value")
    rows = zip(table.column("content_id"), table.column("content"), strict=True)
    for (key, text), subject, mood in zip(rows, subjects, moods, strict=True):
        known = found.setdefault(key, (text, {}))[1]
        if subject:
            known[subject] = int(float(mood)) if mood not in (None, "") else 0
    return found


def parse(argv):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench comments", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--train", type=Path, required=True, help="CSV to learn from")
    parser.add_argument("--test", type=Path, required=True, help="CSV to read")
    parser.add_argument("--out", type=Path, help="CSV to write")
    return parser.parse_args(argv)


def f1(_target, counts):
    """Return the micro F1 of rows of (right, found, there)."""
    right, found, there = counts.sum(axis=0)
    return 2 * right / (found + there) if found + there else float("nan")


def report(name, truth, given):
    """Print how much of what is there was found, and how much of it is right."""
    for code, cut in (("subject", dict.keys), ("subject and mood", dict.items)):
        counts = [
            (len(cut(a) & cut(b)), len(cut(b)), len(cut(a)))
            for a, b in zip(truth, given, strict=True)
        ]
        learning.report(
            {name: [resampled(f"f1 {code}", f1, [0] * len(counts), counts)]}
        )


def main(argv):
    """Run the benchmark; 0 if it ran, 2 if there was no usable input."""
    if not argv:
        return learning.on_public_data(("comments", main), PUBLIC)
    options = parse(argv)
    try:
        train, test = learning.read(options.train), learning.read(options.test)
        needed = ["content_id", "content", "subject", "sentiment_value"]
        learning.require(train, needed, options.train)
        learning.require(test, needed[:2], options.test)
        known, asked = texts(train), texts(test)
        learnt = {key: value for key, value in known.items() if value[1]}
        said, labels = zip(*learnt.values(), strict=True)
        heard = Comments().fit(said, labels)
    except (OSError, ValueError) as error:
        print(f"bench comments: {error}", file=sys.stderr)
        return 2
    found = heard.hear([text for text, _known in asked.values()])
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["content_id", "subject", "sentiment_value"])
            for key, moods in zip(asked, found, strict=True):
                writer.writerows(
                    [key, subject, mood] for subject, mood in moods.items()
                )
    learning.introduce(options.train, options.test, len(learnt), len(asked))
    seen = sum(key in known for key in asked)
    print(f"texts of both files: {seen}")
    truth = [moods for _text, moods in asked.values()]
    if any(truth):
        usual = Counter(p for moods in labels for p in moods.items()).most_common(1)
        report("found", truth, found)
        report("most frequent", truth, [dict([usual[0][0]])] * len(truth))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
