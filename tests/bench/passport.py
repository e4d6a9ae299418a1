"""The public page of a car's passport and its file, over HTTP, in a long log.

    ./dms bench passport [--cars 1000000] [--events 5000000] [--repeat 200]

Against the login page of the same server, which is what Odoo needs to answer a stranger
at all, and against one SQL query for the same events.
"""

import argparse
import http.client
import itertools
import os
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import fill
from fill_log import STEPS, grow_log
from inside import environment, queries
from support import odoo, percentile, prepared, suite_database, table, timings

LIMIT_S = 0.2
MARK = "P"
EVENTS = """
    SELECT l.id, e.kind, e.at, e.store, e.body FROM dms_log_leaf l
    JOIN dms_log_entry e ON e.id = l.entry_id WHERE l.subject = %s ORDER BY l.n
"""


class Reader:
    """Somebody with a browser; each has an address of his own, as limits count them."""

    _hosts = itertools.count(2)

    def __init__(self, url: str):
        self._server = urlsplit(url)

    def get(self, path: str) -> bytes:
        """:raise RuntimeError: unless the server answers 200"""
        number = next(self._hosts)
        source = (f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 0)
        connection = http.client.HTTPConnection(
            self._server.hostname, self._server.port, source_address=source
        )
        try:
            connection.request("GET", path, headers={"Accept-Language": "zh-CN,zh"})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return content


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with (
        tempfile.TemporaryDirectory() as keys,
        suite_database(bench, "bench_passport") as database,
    ):
        _use_keys(bench.settings.filestore / "dms-keys", keys)
        with environment(bench, database) as env:
            paths, asked = _fill(env, options)
            sql = _sql(env, options)
        with odoo(bench, database) as server:
            rows = _measure(server, paths, sql, options.repeat)
    headers = ("answer", "p50 s", "p95 s", "to login page", "to SQL")
    print(table(headers, rows))
    print(f"queries of page and file: {asked}")
    slow = [row[0] for row in rows[:2] if row[2] >= LIMIT_S]
    print(f"p95 at or over {LIMIT_S} s: {', '.join(slow) or 'none'}")
    return int(bool(slow))


def _use_keys(known: Path, folder: str) -> None:
    """Take the keys of encrypted fields along, not those of other copies' logs."""
    for file in known.glob("sealed-*"):
        shutil.copy(file, folder)
    os.environ["DMS_KEY_DIR"] = folder


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench passport")
    parser.add_argument("--cars", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=200)
    return parser.parse_args(argv)


def _fill(env, options) -> tuple[list[str], int]:
    """:return: paths of passports of cars all over the log, and queries of one"""
    start = time.perf_counter()
    owners = fill.partners(env, max(1, options.cars // 5))
    fill.cars(env, options.cars, fill.stores(env), fill.models(env), owners)
    grow_log(env, options.events, MARK)
    passports = _passports(env, options)
    print(
        f"{options.cars:,} cars, {env['dms.log']._size():,} events"
        f" in {time.perf_counter() - start:.0f} s"
    )
    paths = [urlsplit(passport.url).path for passport in passports]
    env.cr.commit()
    return paths, queries(env, partial(_read, passports[0]))


def _passports(env, options):
    """Give some cars, evenly spread, the numbers under which the log has events."""
    count = min(options.repeat, options.cars)
    env.cr.execute(
        "SELECT id FROM dms_vehicle WHERE vin LIKE 'LZZAB%%' AND id %% %s = 0"
        " ORDER BY id LIMIT %s",
        [max(1, options.cars // count // 2), count],
    )
    cars = env["dms.vehicle"].browse(row[0] for row in env.cr.fetchall())
    subjects = _subjects(options.events, len(cars))
    for car, subject in zip(cars, subjects, strict=True):
        env.cr.execute(
            "UPDATE dms_vehicle SET vin = %s WHERE id = %s", [subject, car.id]
        )
    env.invalidate_all()
    return env["dms.vehicle.passport"].create([{"vehicle_id": car.id} for car in cars])


def _subjects(events: int, count: int) -> list[str]:
    known = events // STEPS
    return [f"{MARK}{number * known // count:08d}" for number in range(count)]


def _read(passport) -> None:
    secret = urlsplit(passport.url).path.rsplit("/", 1)[1]
    found = passport._find(secret)
    found._page_values()
    found._passport()


def _sql(env, options) -> list[float]:
    subjects = iter(_subjects(options.events, options.repeat) * 2)

    def ask():
        env.cr.execute(EVENTS, [next(subjects)])
        return env.cr.fetchall()

    return timings(ask, options.repeat)


def _measure(server, paths, sql, repeat: int) -> list[tuple]:
    reader = Reader(server.url)
    login = timings(partial(reader.get, "/web/login"), repeat)
    page = _timed(reader, paths, "", repeat)
    file = _timed(reader, paths, "/passport.json", repeat)
    measured = (("page", page), ("passport.json", file), ("login page", login))
    return [_row(name, seconds, login, sql) for name, seconds in measured]


def _timed(reader, paths, tail: str, repeat: int) -> list[float]:
    """Each passport in turn, so that most are asked for the first time."""
    turn = itertools.cycle(paths)
    return timings(lambda: reader.get(next(turn) + tail), repeat)


def _row(name: str, seconds, login, sql) -> tuple:
    p50, p95 = percentile(seconds, 50), percentile(seconds, 95)
    return (name, p50, p95, p95 / percentile(login, 95), p95 / percentile(sql, 95))


if __name__ == "__main__":
    raise SystemExit(main([]))
