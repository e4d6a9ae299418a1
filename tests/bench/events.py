"""Recording events of cars against their log entries alone.

    ./dms bench events [--cars 1000] [--rounds 7]

What an event costs beyond its entry: a row to search and the person's pseudonym, found
or made. The baseline appends the same entries to the log and nothing else.
"""

import argparse
import statistics
import time

import fill
from inside import environment
from support import prepared, suite_database, table

LIMIT = 4.0


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_events") as database:
        with environment(bench, database) as env:
            entries, events, owners = _measure(env, options)
    rows = [
        ("log entries", entries, 1.0),
        ("events", events, events / entries),
        ("events with new persons", owners, owners / entries),
    ]
    print(table((f"{options.cars} cars", "median s", "ratio"), rows))
    return int(events / entries > LIMIT)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench events")
    parser.add_argument("--cars", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args(argv)


def _measure(env, options) -> list[float]:
    """:return: median seconds of the three, measured in turns after a warm-up"""
    store = fill.store_with_books(env)
    cars = _cars(env, store, options.cars)
    taken = ([], [], [])
    for number in range(options.rounds + 1):
        owner = env["res.partner"].create({"name": f"Owner {number}"})
        calls = (
            lambda: _append(env, store, cars),
            lambda: cars._dms_record("vehicle.serviced"),
            lambda owner=owner: cars._dms_record("vehicle.ownership", person=owner),
        )
        for call, seconds in zip(calls, taken, strict=True):
            start = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds[1:]) for seconds in taken]


def _cars(env, store, count: int):
    vins = (fill.vin_of(7_000_000 + number) for number in range(count))
    return env["dms.vehicle"].create(
        [{"vin": vin, "company_id": store.id} for vin in vins]
    )


def _append(env, store, cars) -> None:
    body = {"at": "2026-11-24T08:00:00Z", "place": ""}
    env["dms.log.entry"]._append(
        [
            {
                "kind": "vehicle.serviced",
                "subject": car.vin,
                "company_id": store.id,
                "body": body,
            }
            for car in cars
        ]
    )
