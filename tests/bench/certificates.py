"""A thousand certificates pasted by an officer against plain records of the same cars.

    ./dms bench certificates [--cars 1000] [--rounds 3]

Plain: certificates, pledges and handovers made in one ``create`` each, which the
window does as well. What it adds is reading the lines, looking up the cars, and a
reason for each line that is refused; with one bad line in a hundred it tries again in
halves.
"""

import argparse
import itertools
import statistics
import time

import fill
from inside import environment
from support import prepared, suite_database, table

LIMIT = 1.3
BAD_EVERY = 100
_numbers = itertools.count(1)


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_certificates") as database:
        with environment(bench, database) as env:
            seconds = _rounds(env, options)
    plain = seconds["plain"]
    rows = [(name, spent, spent / plain) for name, spent in seconds.items()]
    print(table((f"{options.cars} certificates", "median s", "ratio"), rows))
    return int(seconds["pasted"] / plain > LIMIT)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench certificates")
    parser.add_argument("--cars", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args(argv)


def _rounds(env, options) -> dict[str, float]:
    """:return: median seconds by way, measured in turns after a warm-up"""
    store = fill.store_with_books(env)
    env = env(context={"allowed_company_ids": store.ids, "tracking_disable": True})
    bank = env["res.partner"].create({"name": "Bank", "is_company": True})
    ways = {"plain": _plain, "pasted": _paste, "pasted, 1% bad": _paste_some_bad}
    spent = {name: [] for name in ways}
    for _round in range(options.rounds + 1):
        for name, way in ways.items():
            lines = _lines(env, options.cars)
            spent[name].append(_time(env, lambda w=way, ls=lines: w(env, bank, ls)))
    return {name: statistics.median(taken[1:]) for name, taken in spent.items()}


def _lines(env, count: int) -> list[tuple]:
    """:return: car and certificate number of each line"""
    first = 7_000_000 + next(_numbers) * count
    cars = env["dms.vehicle"].create(
        [{"vin": fill.vin_of(first + number)} for number in range(count)]
    )
    return [(car, f"WAB{first + n:012d}") for n, car in enumerate(cars)]


def _time(env, way) -> float:
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    way()
    env.flush_all()
    return time.perf_counter() - start


def _plain(env, bank, lines) -> None:
    papers = env["dms.certificate"].create(
        [{"vehicle_id": car.id, "number": number} for car, number in lines]
    )
    env["dms.certificate.pledge"].create(
        [{"certificate_id": paper.id, "lender_id": bank.id} for paper in papers]
    )
    env["dms.certificate.handover"].create(
        [{"certificate_id": paper.id, "to_kind": "bank"} for paper in papers]
    )


def _paste(env, bank, lines) -> None:
    text = "\n".join(f"{car.vin} {number}" for car, number in lines)
    wizard = env["dms.certificate.enter"].create({"text": text, "lender_id": bank.id})
    wizard.action_apply()


def _paste_some_bad(env, bank, lines) -> None:
    some_bad = [
        (car, number[:9] if place % BAD_EVERY == 0 else number)
        for place, (car, number) in enumerate(lines)
    ]
    _paste(env, bank, some_bad)
