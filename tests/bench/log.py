"""The tamper-evident log: sequencing, proofs in a long log, a full check.

    ./dms bench log [--entries 5000000] [--checked 1000000] [--waiting 100000]

The sequencer is held against a plain INSERT of the same rows, a proof against reading
one row by its key, the full check against hashing as many leaves and nothing else.
"""

import argparse
import hashlib
import os
import random
import tempfile
import time
from functools import partial

from fill_log import grow_log
from inside import environment
from psycopg2.extras import execute_values
from support import percentile, prepared, suite_database, table, timings

from odoo.addons.dms_base.merkle import leaf_hash, verify_inclusion

MIN_PER_SECOND = 20_000
MAX_PROOF_MS = 20
MAX_CHECK_SECONDS = 15
APPENDED_AT_ONCE = 1000


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with (
        tempfile.TemporaryDirectory() as keys,
        suite_database(bench, "bench_log") as database,
    ):
        os.environ["DMS_KEY_DIR"] = keys
        with environment(bench, database) as env:
            return _measure(env, options)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench log")
    parser.add_argument("--entries", type=int, default=5_000_000)
    parser.add_argument("--checked", type=int, default=1_000_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--proofs", type=int, default=500)
    return parser.parse_args(argv)


def _measure(env, options) -> int:
    grow_log(env, options.checked, "C")
    checked = _check(env)
    grow_log(env, options.entries - options.checked, "D")
    proofs = _proofs(env, options.proofs)
    sequenced = _sequence(env, options.waiting)
    size = env["dms.log"]._size()
    headers = (f"log of {size:,} entries", "measured", "baseline", "ratio", "limit")
    print(table(headers, [*sequenced, *proofs, *checked]))
    return int(not all(_holds(row) for row in [*sequenced, *proofs, *checked]))


def _holds(row) -> bool:
    name, measured, _baseline, _ratio, limit = row
    if not limit:
        return True
    return measured >= limit if name.endswith("/s") else measured <= limit


def _row(name: str, measured: float, baseline: float, limit: float) -> tuple:
    return (name, measured, baseline, measured / baseline, float(limit))


def _check(env) -> list[tuple]:
    """A full check, against hashing as many leaves of the same length."""
    size, (leaf,) = env["dms.log"]._size(), env["dms.log"]._leaves(0, 1)
    start = time.perf_counter()
    problems = env["dms.log"]._check_all()
    seconds = time.perf_counter() - start
    if problems:
        raise RuntimeError(f"the log does not agree: {problems[:3]}")
    start = time.perf_counter()
    for _ in range(size):
        hashlib.sha256(b"\0" + leaf).digest()
    plain = time.perf_counter() - start
    return [_row(f"full check of {size:,}, s", seconds, plain, MAX_CHECK_SECONDS)]


def _proofs(env, count: int) -> list[tuple]:
    """Proofs of leaves anywhere, each checked; against reading one row."""
    checkpoint, rng = env["dms.log.checkpoint"]._latest(), random.Random(1)
    size, root = checkpoint.size, checkpoint._root()
    indexes = [rng.randrange(size) for _ in range(count)]
    taken = []
    for index in indexes:
        (leaf,) = env["dms.log"]._leaves(index, index + 1)
        start = time.perf_counter()
        proof = env["dms.log"]._inclusion_proof(index, size)
        taken.append(time.perf_counter() - start)
        verify_inclusion(leaf_hash(leaf), index, size, proof, root)
    plain = timings(partial(env["dms.log"]._leaves, 5, 6), repeat=count)
    return [
        _row(
            f"inclusion proof p{percent}, ms",
            1000 * percentile(taken, percent),
            1000 * percentile(plain, percent),
            MAX_PROOF_MS,
        )
        for percent in (50, 95)
    ]


def _sequence(env, count: int) -> list[tuple]:
    """Append, sequence, and insert the same leaves into a plain table."""
    appended = _append(env, count)
    start = time.perf_counter()
    done = 0
    while batch := env["dms.log.sequencer"]._sequence():
        env.cr.commit()
        done += batch
    sequenced = done / (time.perf_counter() - start)
    inserted = _insert_plainly(env, count)
    return [
        _row("sequenced entries/s", sequenced, inserted, MIN_PER_SECOND),
        _row("appended entries/s", appended, inserted, 0),
    ]


def _append(env, count: int) -> float:
    start = time.perf_counter()
    for first in range(0, count, APPENDED_AT_ONCE):
        env["dms.log.entry"]._append(
            [_vals(env, first + n) for n in range(APPENDED_AT_ONCE)]
        )
        env.cr.commit()
    return count / (time.perf_counter() - start)


def _vals(env, number: int) -> dict:
    # half of the entries are about cars the log knows
    subject = f"D{number:08d}" if number % 2 else f"E{number:08d}"
    return {
        "kind": "bench.step",
        "subject": subject,
        "company_id": env.company.id,
        "body": {"km": number, "place": "上海", "document": f"S{number:05d}"},
    }


def _insert_plainly(env, count: int) -> float:
    """:return: rows per second into a table with the same columns and indexes"""
    env.cr.execute("CREATE TABLE bench_plain (LIKE dms_log_leaf INCLUDING INDEXES)")
    env.cr.execute(
        "SELECT id, entry_id, subject, n, prev, hash FROM dms_log_leaf"
        " ORDER BY id DESC LIMIT %s",
        [count],
    )
    rows = env.cr.fetchall()[::-1]
    start = time.perf_counter()
    query = "INSERT INTO bench_plain (id, entry_id, subject, n, prev, hash) VALUES %s"
    execute_values(env.cr._obj, query, rows, page_size=1000)
    env.cr.commit()
    return count / (time.perf_counter() - start)
