"""Measure VIN decoding and write what it read to a file.

Usage: ``python tests/bench/vin.py --data FILE [--out FILE] [--year YEAR]``

The input is CSV in UTF-8 with a header. The VIN stands in the column named
``vin`` in any case, else in the one with the most 17-character values, else
in the first. The output repeats the input's columns and adds ``valid``,
``check_digit``, ``make``, ``country``, ``year``, ``years``, ``reason``,
``warnings`` and ``maker``, rows in order. An input column of such a name is
kept as NAME_given, so that the plain name always means what was decoded.
"""

import argparse
import csv
import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from devtools import cores  # noqa: E402

cores.stand_alone()

from odoo.addons.dms_vehicle.vin import (  # noqa: E402
    Decoded,
    decode,
    explain,
    normalise,
)

SAMPLE = ROOT.parent / "shared" / "data" / "vin" / "vins_labelled.csv"
COLUMNS = (
    "valid",
    "check_digit",
    "make",
    "country",
    "year",
    "years",
    "reason",
    "warnings",
    "maker",
)
RUNS = 3
VIN_LENGTH = 17


class Table(NamedTuple):
    """A CSV file: its header, its rows as wide as the header, where the VIN is."""

    header: list[str]
    rows: list[list[str]]
    vin_at: int

    @property
    def vins(self) -> list[str]:
        """The VIN of each row, as written."""
        return [row[self.vin_at] for row in self.rows]

    def column(self, name: str) -> list[str]:
        """Return the values of column ``name``, or blanks if there is none."""
        if name not in self.header:
            return [""] * len(self.rows)
        at = self.header.index(name)
        return [row[at] for row in self.rows]


def find_vin_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the column that holds the VIN."""
    names = [name.strip().casefold() for name in header]
    if "vin" in names:
        return names.index("vin")

    def likeness(at: int) -> int:
        return sum(len(normalise(row[at])) == VIN_LENGTH for row in rows[:1000])

    return max(range(len(header)), key=likeness)


def read_table(path: Path) -> Table:
    """Read the CSV file ``path``; short rows are filled up, long ones cut.

    Raises ``ValueError`` if it has no header.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if line]
    if not lines:
        raise ValueError(f"{path} has no header")
    header, width = lines[0], len(lines[0])
    rows = [(line + [""] * width)[:width] for line in lines[1:]]
    return Table(header, rows, find_vin_column(header, rows))


def output_header(header: Iterable[str]) -> list[str]:
    """Return the output's column names; clashing ones of the input give way."""
    names: list[str] = []
    for name in header:
        while name in COLUMNS or name in names:
            name += "_given"
        names.append(name)
    return names + list(COLUMNS)


def output_cells(car: Decoded) -> list[str]:
    """Return what was decoded as cells in the order of ``COLUMNS``."""
    return [
        str(int(car.valid)),
        car.check_digit,
        car.make or "",
        car.country or "",
        str(car.year or ""),
        "|".join(map(str, car.years)),
        car.reason,
        "|".join(map(explain, car.warnings)),
        car.maker or "",
    ]


def write_table(path: Path, table: Table, cars: Iterable[Decoded]) -> None:
    """Write the input's columns and the decoded ones to the CSV file ``path``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(output_header(table.header))
        for row, car in zip(table.rows, cars, strict=True):
            writer.writerow(row + output_cells(car))


def per_second(function: Callable[[str], object], vins: Sequence[str]) -> float:
    """Return calls per second on one core: the median of three warm runs."""
    list(map(function, vins))
    seconds = []
    for _ in range(RUNS):
        start = perf_counter()
        for vin in vins:
            function(vin)
        seconds.append(perf_counter() - start)
    return len(vins) / median(seconds)


def vininfo_reader() -> Callable[[str], tuple[str, object]] | None:
    """Return a function that reads make and years with vininfo, if installed."""
    try:
        from vininfo import Vin
        from vininfo.exceptions import ValidationError
    except ImportError:
        return None

    def read(vin: str) -> tuple[str, object]:
        try:
            car = Vin(vin)
        except ValidationError:
            return "", None
        return car.manufacturer, (car.country, car.years, car.verify_checksum())

    return read


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    z = 1.959964
    share, weight = hits / total, 1 + z * z / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - spread) / weight, (middle + spread) / weight


def report_share(name: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Print how many of ``pairs`` (label, answer) agree; blank labels do not count."""
    agree = [
        label.strip().casefold() == answer.casefold()
        for label, answer in pairs
        if label.strip()
    ]
    if agree:
        low, high = wilson(sum(agree), len(agree))
        share = sum(agree) / len(agree)
        print(f"{name}: {share:.4f} [{low:.4f}, {high:.4f}] of {len(agree)}")


def report_accuracy(table: Table, cars: Sequence[Decoded]) -> None:
    """Print the agreement with the labels the input carries, if any."""
    years = [str(car.year or "") for car in cars]
    digits = [str(int(car.check_digit == "ok")) for car in cars]
    makes = [car.make or "" for car in cars]
    answers = (("make", makes), ("model_year", years), ("check_digit_ok", digits))
    for name, given in answers:
        report_share(name, zip(table.column(name), given, strict=True))
    if baseline := vininfo_reader():
        given = [baseline(vin)[0] for vin in table.vins]
        labels = table.column("make")
        report_share("make by vininfo", zip(labels, given, strict=True))


def report_speed(vins: Sequence[str]) -> None:
    """Print decodes per second beside those of vininfo."""
    own = per_second(decode, vins)
    print(f"decodes per second, one core: {own:,.0f}")
    if baseline := vininfo_reader():
        other = per_second(baseline, vins)
        print(f"vininfo per second: {other:,.0f} (ratio {own / other:.1f})")
    else:
        print("vininfo is not installed, no baseline")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench vin", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, default=SAMPLE, help="CSV to read")
    parser.add_argument("--out", type=Path, help="CSV to write")
    parser.add_argument("--year", type=int, help="judge plausible years as of YEAR")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Run the benchmark; 0 if it ran, 2 if there was no usable input."""
    options = parse(argv)
    try:
        table = read_table(options.data)
    except (OSError, ValueError) as error:
        print(f"bench vin: {error}", file=sys.stderr)
        return 2
    cars = [decode(vin, today_year=options.year) for vin in table.vins]
    if options.out:
        write_table(options.out, table, cars)
    digest = hashlib.sha256(options.data.read_bytes()).hexdigest()
    print(f"{options.data}: {len(cars)} rows, sha256 {digest}")
    if cars:
        report_speed(table.vins)
        report_accuracy(table, cars)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
